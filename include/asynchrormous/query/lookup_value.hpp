// The right-hand side of a lookup, encoded for its column, and the one compiled function that turns a
// resolved path, a lookup and such a value into a condition as Django's lookups mean it.
#pragma once

#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/sql/date.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/parameter.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm::inline v0::query_detail {

struct lookup_value {
    // below and above: an integer that the column's type cannot hold; it is never sent.
    enum class range_fit : std::uint8_t { exact, below, above };

    bool null = false;  // None: exact and iexact become IS NULL
    range_fit fit = range_fit::exact;
    bool had_null = false;    // of a list: NULLs were dropped from it
    bool flag = false;        // of isnull
    std::int64_t number = 0;  // of a date part, beside its encoded form
    sql::parameter value{};
    range_fit high_fit = range_fit::exact;  // of range, its upper bound
    std::int64_t high_number = 0;
    sql::parameter high{};
};

// The condition `path[transform] lookup value`; where a value out of range decides it, nothing(), or every
// row that is not NULL. Throws: query_error when the pair of a range is NULL.
ORM_EXPORT sql::expression_ptr lookup_expression(const sql::path& path, model_detail::transform part,
                                                 sql::lookup_kind lookup, lookup_value value);

// The same with a column on the right.
ORM_EXPORT sql::expression_ptr lookup_expression(const sql::path& path, model_detail::transform part,
                                                 sql::lookup_kind lookup, const sql::path& right);

// A text; that of a text lookup is still unescaped.
ORM_EXPORT lookup_value text_value(std::string_view text, sql::type type = {sql::type_kind::text});

template <class T>
struct bare {
    using type = T;
};
template <class T>
struct bare<std::optional<T>> : bare<T> {};
template <model_detail::any_foreign_key T>
struct bare<T> {
    using type = typename T::key_type;
};
// What a column of this C++ type compares with: its value type, or its key.
template <class T>
using bare_t = typename bare<T>::type;

// The C++ type that the value of a lookup is sent as: the column's, or that of the part of a date.
template <class Target>
constexpr auto compared_type() {
    constexpr model_detail::transform part = Target::transform;
    if constexpr (part == model_detail::transform::none)
        return std::type_identity<bare_t<typename Target::type>>();
    else if constexpr (part == model_detail::transform::date)
        return std::type_identity<date>();
    else if constexpr (part == model_detail::transform::time)
        return std::type_identity<std::string>();
    else
        return std::type_identity<std::int32_t>();
}
template <class Target>
using compared_t = typename decltype(compared_type<Target>())::type;

// A user's value on its way into a column of C++ type Column.
template <class Column>
struct converted {
    std::optional<Column> value{};  // none: NULL, or an integer out of range
    lookup_value::range_fit fit = lookup_value::range_fit::exact;

    bool null() const { return !value && fit == lookup_value::range_fit::exact; }
};

template <class Column, class V>
converted<Column> convert(const V& value) {
    if constexpr (std::is_same_v<V, std::nullopt_t>) {
        return {};
    } else if constexpr (requires { value.has_value(); }) {
        return value ? convert<Column>(*value) : converted<Column>{};
    } else if constexpr (model_detail::is_foreign_key<V>) {
        return convert<Column>(value.key());
    } else if constexpr (model<V>) {
        return convert<Column>(key_of(value));
    } else if constexpr (std::is_integral_v<Column> && !std::is_same_v<Column, bool>) {
        if (std::in_range<Column>(value)) return {static_cast<Column>(value)};
        return {std::nullopt,
                std::cmp_less(value, 0) ? lookup_value::range_fit::below : lookup_value::range_fit::above};
    } else {
        return {Column(value)};
    }
}

template <class Column>
lookup_value encode_converted(sql::type type, const converted<Column>& from) {
    lookup_value out;
    out.null = from.null();
    out.fit = from.fit;
    out.value.type = type;
    if constexpr (std::is_integral_v<Column>) out.number = from.value.value_or(Column{});
    if (from.value) postgres::codec<Column>::encode(*from.value, out.value.bytes.emplace());
    return out;
}

template <class Column, class V>
lookup_value scalar_value(sql::type type, const V& value) {
    if constexpr (std::is_same_v<Column, std::string> && std::is_convertible_v<const V&, std::string_view>)
        return text_value(value, type);
    else
        return encode_converted<Column>(type, convert<Column>(value));
}

// Only what the column can hold is sent of a list: no other value can be in it.
template <class Column, class Range>
lookup_value list_value(sql::type type, const Range& values) {
    lookup_value out;
    std::vector<Column> kept;
    for (const auto& value : values) {
        converted<Column> one = convert<Column>(value);
        out.had_null = out.had_null || one.null();
        if (one.value) kept.push_back(std::move(*one.value));
    }
    type.array = true;
    out.null = kept.empty();
    out.value.type = type;
    postgres::codec<std::vector<Column>>::encode(kept, out.value.bytes.emplace());
    return out;
}

template <class Column, class Low, class High>
lookup_value range_value(sql::type type, const std::pair<Low, High>& bounds) {
    lookup_value out = scalar_value<Column>(type, bounds.first);
    lookup_value high = scalar_value<Column>(type, bounds.second);
    out.null = out.null || high.null;
    out.high_fit = high.fit;
    out.high_number = high.number;
    out.high = std::move(high.value);
    return out;
}

}  // namespace orm::inline v0::query_detail
