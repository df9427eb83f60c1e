// SQL text without the values that somebody wrote into it: for logs, traces and spans.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/observer.hpp>

#include <string>
#include <string_view>

namespace orm::inline v0 {

// Strings and numbers of the text become `?`; names, also quoted ones, and $1 stay. Comments go: they can
// hold anything. PostgreSQL documentation, chapter 4.1.
ORM_EXPORT std::string redacted(std::string_view sql);

// The text of a statement, fit to be shown: the library's own never holds values, the program's raw SQL may.
ORM_EXPORT std::string shown_text(const statement_event& statement);

// "SELECT", "INSERT", …, "BEGIN": the first word of the library's own text. Empty for raw SQL, which is not
// looked at, and for a WITH.
ORM_EXPORT std::string_view operation_name(const statement_event& statement) noexcept;

}  // namespace orm::inline v0
