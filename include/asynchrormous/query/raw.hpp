// SQL of the user's own, values always bound: its rows are found by column name.
// A raw statement has its connection to itself while it runs (it may change the session).
#pragma once

#include <asynchrormous/query/rows.hpp>
#include <asynchrormous/query/write.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <string>

namespace orm::inline v0::query_detail {

// What the error about a value that cannot travel spells. False.
template <class V>
struct no_codec_for {
    static constexpr bool value = false;
};

template <class V>
sql::parameter raw_parameter(const V& value) {
    if constexpr (std::is_convertible_v<const V&, std::string_view>) {
        return text_value(std::string_view(value)).value;
    } else if constexpr (requires { value.has_value(); }) {
        using inner = std::decay_t<decltype(*value)>;
        return column_writer<V>::write(postgres::codec<inner>::type, value);
    } else if constexpr (requires { postgres::codec<V>::type; }) {
        return column_writer<V>::write(postgres::codec<V>::type, value);
    } else {
        static_assert(
            no_codec_for<V>::value,
            "asynchrormous: this value has no PostgreSQL type; specialise orm::postgres::codec for it");
        return {};
    }
}

template <class... Values>
sql::statement raw_statement(std::string text, const Values&... values) {
    return {std::move(text), {raw_parameter(values)...}};
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
