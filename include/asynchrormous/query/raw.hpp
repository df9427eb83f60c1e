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

// The type with a codec that a value travels as; void: none.
template <class V>
constexpr auto sent_type() {
    if constexpr (std::is_convertible_v<const V&, std::string_view>)
        return std::type_identity<std::string>();
    else if constexpr (model_detail::is_foreign_key<V>)
        return std::type_identity<typename V::key_type>();
    else if constexpr (requires { postgres::codec<V>::type; })
        return std::type_identity<V>();
    else if constexpr (std::is_integral_v<V> && !model_detail::is_character<V>)
        return std::type_identity<std::int64_t>();
    else
        return std::type_identity<void>();
}
template <class V>
using sent_t = typename decltype(sent_type<V>())::type;

// Throws: query_error.
ORM_EXPORT sql::parameter raw_value(lookup_value value);

template <class V>
sql::parameter raw_parameter(const V& value) {
    using sent = sent_t<without_optional<V>>;
    if constexpr (std::is_void_v<sent>) {
        static_assert(no_codec_for<V>::value,
                      "asynchrormous: this value has no PostgreSQL type; specialise orm::postgres::codec for "
                      "it, and give NULL as an empty std::optional of its type");
        return {};
    } else {
        constexpr sql::type type = postgres::codec<sent>::type;
        return raw_value(scalar_value<sent>(type, value));
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
