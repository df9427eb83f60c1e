// What a value on the right of a lookup is, as small constexpr data, and whether a column takes it.
// Integers fit integer columns of any width: one that is out of the column's range matches no row.
#pragma once

#include <asynchrormous/model/describe.hpp>
#include <asynchrormous/model/lookup_names.hpp>
#include <asynchrormous/sql/table.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace orm::inline v0::model_detail {

enum class value_category : std::uint8_t { unsupported, null, boolean, integer, floating, text, coded };

struct value_kind {
    value_category category = value_category::unsupported;
    bool optional = false;
    sql::type type{};                 // of a coded value
    const void* reference = nullptr;  // type_identity of the model, of a foreign_key or an object

    constexpr bool may_be_null() const { return optional || category == value_category::null; }
};

template <class V>
inline constexpr bool is_character = false;
template <>
inline constexpr bool is_character<char> = true;
template <>
inline constexpr bool is_character<wchar_t> = true;
template <>
inline constexpr bool is_character<char8_t> = true;
template <>
inline constexpr bool is_character<char16_t> = true;
template <>
inline constexpr bool is_character<char32_t> = true;

template <class V>
constexpr value_kind classify() {
    using enum value_category;
    if constexpr (std::same_as<V, std::nullopt_t>) {
        return {null};
    } else if constexpr (std::same_as<V, bool>) {
        return {boolean};
    } else if constexpr (std::integral<V>) {
        return {is_character<V> ? unsupported : integer};
    } else if constexpr (std::floating_point<V>) {
        return {floating};
    } else if constexpr (is_optional<V>) {
        value_kind inner = classify<typename V::value_type>();
        inner.optional = true;
        return inner;
    } else if constexpr (is_foreign_key<V>) {
        value_kind inner = classify<typename V::key_type>();
        inner.reference = &type_identity<typename V::model>;
        return inner;
    } else if constexpr (std::convertible_to<const V&, std::string_view>) {
        return {text};
    } else if constexpr (has_codec<V>) {
        return {coded, false, postgres::codec<V>::type};
    } else {
        return {unsupported, false, {}, &type_identity<V>};
    }
}

template <class V>
inline constexpr value_kind kind_of = classify<V>();

// A QuerySet, which only subquery.hpp makes a value.
template <class V>
concept asked_rows = requires { typename V::evaluated; };

// Lists for `in` and pairs for `range`; text is no list.
template <class V>
concept value_list =
    !asked_rows<V> && !std::convertible_to<const V&, std::string_view> && requires(const V& values) {
        values.begin();
        values.end();
        typename V::value_type;
    };

template <class V>
inline constexpr bool is_pair = false;
template <class A, class B>
inline constexpr bool is_pair<std::pair<A, B>> = true;

// A value, or for a multirange a range, in the place of the range of it alone.
constexpr bool is_in_range(sql::type_kind wanted, const value_kind& value) {
    using enum sql::type_kind;
    const sql::type_kind element = sql::element_of_range(wanted);
    if (element == unknown) return false;
    if (value.category == value_category::integer)
        return element == int4 || element == int8 || element == numeric;
    if (value.category != value_category::coded || value.type.array) return false;
    return value.type.kind == element ||
           (wanted >= int4multirange && sql::element_of_range(value.type.kind) == element &&
            value.type.kind < int4multirange);
}

constexpr bool fits_type(sql::type wanted, const value_kind& value) {
    using enum sql::type_kind;
    const sql::type stored = wanted.kind == varchar ? sql::type{text, wanted.array} : wanted;
    if (value.category == value_category::coded && value.type == stored) return true;
    if (wanted.array) return false;
    switch (wanted.kind) {
        case boolean:
            return value.category == value_category::boolean;
        case int2:
        case int4:
        case int8:
            return value.category == value_category::integer;
        case float4:
        case float8:
            return value.category == value_category::integer || value.category == value_category::floating;
        case numeric:
            return value.category == value_category::integer;
        case text:
        case varchar:
        case bpchar:
        case name:
            return value.category == value_category::text;
        case json:
        case jsonb:
            return value.category != value_category::unsupported &&
                   (value.category != value_category::coded || value.type == sql::type{jsonb});
        default:
            return is_in_range(wanted.kind, value);
    }
}

enum class misfit : std::uint8_t { none, type, null, flag, list, pair, text, texts, no_array, rows };

struct value_target {
    sql::type type{};             // of what is compared
    const void* model = nullptr;  // type_identity of the model that a foreign key refers to
};

constexpr misfit check_scalar(const value_target& to, const value_kind& value, bool null_fits) {
    if (value.may_be_null() && !null_fits) return misfit::null;
    if (value.category == value_category::null) return misfit::none;
    if (value.reference) return value.reference == to.model ? misfit::none : misfit::type;
    return fits_type(to.type, value) ? misfit::none : misfit::type;
}

constexpr misfit check_text(const value_kind& value, bool null_fits) {
    if (value.may_be_null() && !null_fits) return misfit::null;
    const bool fits = value.category == value_category::null || value.category == value_category::text;
    return fits ? misfit::none : misfit::text;
}

}  // namespace orm::inline v0::model_detail
