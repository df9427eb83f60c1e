// A query's SQL as a person reads it: the text, and each bound value in PostgreSQL's own notation.
#pragma once

#include <asynchrormous/sql/render.hpp>

#include <string>
#include <vector>

namespace orm::inline v0 {

struct sql_text {
    std::string text{};                // empty: no query is needed, no row can match
    std::vector<std::string> binds{};  // $1, $2, …

    friend bool operator==(const sql_text&, const sql_text&) = default;
};

namespace query_detail {

ORM_EXPORT sql_text readable(const sql::statement& statement);

}  // namespace query_detail

}  // namespace orm::inline v0
