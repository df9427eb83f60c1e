// A bound value as a person reads it, in SQL's own notation: 300, 'le guin', NULL, ARRAY[1, 2].
// For showing a query and for tests; values are never written into SQL that is sent.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/sql/parameter.hpp>

#include <string>

namespace orm::inline v0::postgres {

ORM_EXPORT std::string to_text(const sql::parameter& bound);

}  // namespace orm::inline v0::postgres
