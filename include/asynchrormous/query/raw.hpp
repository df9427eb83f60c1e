// SQL of the user's own, values always bound: its rows are found by column name.
// A raw statement has its connection to itself while it runs (it may change the session).
#pragma once

#include <asynchrormous/query/bound_value.hpp>
#include <asynchrormous/query/rows.hpp>
#include <asynchrormous/query/write.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <string>

namespace orm::inline v0::query_detail {

template <class... Values>
sql::statement raw_statement(std::string text, const Values&... values) {
    return {std::move(text), {bound_value(values)...}};
}

// For each column of the model its place in the result. Throws: column_mismatch when one is missing.
ORM_EXPORT std::vector<int> places_by_name(const postgres::result_view& result, const sql::table& model);

template <model M>
struct decode_by_name {
    std::vector<M> operator()(const postgres::result_view& result, const sql::statement& from) const {
        return read_rows<M>(result, from, places_by_name(result, table_of<M>()));
    }
};

ORM_EXPORT lazy<std::int64_t> run_raw(sql::statement statement);

}  // namespace orm::inline v0::query_detail

namespace orm::inline v0 {

// One SQL statement of your own, values bound to $1, $2, …; it has its connection to itself while it runs.
// Returns: the number of rows it changed or gave.
template <class... Values>
[[nodiscard]] lazy<std::int64_t> execute(std::string text, const Values&... values) {
    return query_detail::run_raw(query_detail::raw_statement(std::move(text), values...));
}

}  // namespace orm::inline v0
