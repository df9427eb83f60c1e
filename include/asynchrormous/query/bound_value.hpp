// A plain value of the user's own as a bound parameter, where no column says what it has to be.
#pragma once

#include <asynchrormous/query/lookup_value.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>

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

// The type of the value as an expression.
template <class V>
struct bound_type {
    using type = sent_t<V>;
};
template <class V>
struct bound_type<std::optional<V>> {
    using type = std::optional<sent_t<V>>;
};
template <class V>
using bound_t = typename bound_type<V>::type;

template <class V>
constexpr bool check_bound_value() {
    constexpr bool sendable = !std::is_void_v<sent_t<without_optional<V>>>;
    static_assert(sendable || no_codec_for<V>::value,
                  "asynchrormous: this value has no PostgreSQL type; specialise orm::postgres::codec for "
                  "it, and give NULL as an empty std::optional of its type");
    return sendable;
}

// Throws: query_error.
ORM_EXPORT sql::parameter raw_value(lookup_value value);

template <class V>
sql::parameter bound_value(const V& value) {
    if constexpr (check_bound_value<V>()) {
        using sent = sent_t<without_optional<V>>;
        constexpr sql::type type = postgres::codec<sent>::type;
        return raw_value(scalar_value<sent>(type, value));
    } else {
        return {};
    }
}

}  // namespace orm::inline v0::query_detail
