// Options of QuerySet::explain(). PostgreSQL documentation: SQL command EXPLAIN.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/sql/render.hpp>

#include <string>

namespace orm::inline v0 {

struct explain_options {
    bool analyze = false;  // runs the query
    bool verbose = false;
    bool buffers = false;  // needs analyze
    bool costs = true;
    std::string_view format = "text";  // text, json, yaml or xml
};

namespace query_detail {

// Throws: query_error for an unknown format.
ORM_EXPORT sql::statement explain_statement(sql::statement query, const explain_options& options);

// The rows of one text column, joined by newlines.
struct ORM_EXPORT decode_lines {
    std::string operator()(const postgres::result_view& result, const sql::statement&) const;
    std::string without_rows(const sql::statement&) const;
};

}  // namespace query_detail

}  // namespace orm::inline v0
