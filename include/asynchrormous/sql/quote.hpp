// Identifiers in SQL text: every name goes through here, values never do (they are bound).
#pragma once

#include <asynchrormous/export.hpp>

#include <string>
#include <string_view>

namespace orm::inline v0::sql {

// The name in double quotes, inner quotes doubled.
// Throws: query_error for an empty name and for a NUL byte in it.
ORM_EXPORT std::string quote_identifier(std::string_view name);

ORM_EXPORT void append_identifier(std::string& out, std::string_view name);

}  // namespace orm::inline v0::sql
