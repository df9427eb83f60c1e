// The right-hand side of a lookup, encoded for what it is compared with, and the one compiled function that
// turns a value, transforms, a lookup and such a right-hand side into a condition as Django's lookups mean
// it.
#pragma once

#include <asynchrormous/model/lookup_chain.hpp>
#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/model/value_kind.hpp>
#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/sql/date.hpp>
#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/parameter.hpp>

#include <nlohmann/json_fwd.hpp>

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
    std::vector<sql::parameter> items{};  // of a list of arrays, each of them
};

// The condition `left[transforms] lookup value`; where a value out of range decides it, nothing(), or every
// row that is not NULL. Throws: query_error when the pair of a range is NULL.
ORM_EXPORT sql::expression_ptr lookup_expression(sql::expression_ptr left,
                                                 const model_detail::lookup_chain& chain, lookup_value value);

// The same of values that decide nothing: not NULL, not out of range, no patterns to be escaped.
ORM_EXPORT sql::expression_ptr lookup_of_flag(sql::expression_ptr left,
                                              const model_detail::lookup_chain& chain, bool flag);
ORM_EXPORT sql::expression_ptr lookup_of_values(sql::expression_ptr left,
                                                const model_detail::lookup_chain& chain,
                                                sql::expression_ptr first, sql::expression_ptr second);

// Whether a text is sent as a pattern; then it is escaped, and `%` put where the lookup has them.
ORM_EXPORT bool takes_pattern(const model_detail::lookup_chain& chain) noexcept;
ORM_EXPORT void append_text(std::string& bytes, const model_detail::lookup_chain& chain,
                            std::string_view text);

// The same with an expression on the right.
ORM_EXPORT sql::expression_ptr lookup_expression(sql::expression_ptr left,
                                                 const model_detail::lookup_chain& chain,
                                                 sql::expression_ptr right);

// `left[transforms] BETWEEN low AND high`
ORM_EXPORT sql::expression_ptr range_expression(sql::expression_ptr left,
                                                const model_detail::lookup_chain& chain,
                                                sql::expression_ptr low, sql::expression_ptr high);

// A text; that of a text lookup is still unescaped.
ORM_EXPORT lookup_value text_value(std::string_view text, sql::type type = {sql::type_kind::text});

ORM_EXPORT lookup_value texts_value(const std::vector<std::string>& texts);

// JSON values, as jsonb. Throw: value_error for what JSON cannot hold.
ORM_EXPORT std::string json_bytes(bool value);
ORM_EXPORT std::string json_bytes(std::int64_t value);
ORM_EXPORT std::string json_bytes(std::uint64_t value);
ORM_EXPORT std::string json_bytes(double value);
ORM_EXPORT std::string json_bytes(std::string_view value);
ORM_EXPORT std::string json_bytes(const nlohmann::json& value);
// An array of values that are encoded already.
ORM_EXPORT sql::parameter array_of(sql::type array, const std::vector<std::string>& elements);

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

// The C++ type that the value of a lookup is sent as: the column's, or that of what transforms give.
template <class Target>
using compared_t = typename Target::compared;

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

// Text is a JSON string, and never parsed.
template <class V>
std::optional<std::string> json_value(const V& value) {
    if constexpr (std::is_same_v<V, std::nullopt_t>)
        return std::nullopt;
    else if constexpr (model_detail::is_optional<V>)
        return value ? json_value(*value) : std::nullopt;
    else if constexpr (std::is_same_v<V, bool>)
        return json_bytes(value);
    else if constexpr (std::is_convertible_v<const V&, std::string_view>)
        return json_bytes(std::string_view(value));
    else if constexpr (std::is_floating_point_v<V>)
        return json_bytes(static_cast<double>(value));
    else if constexpr (std::is_unsigned_v<V>)
        return json_bytes(static_cast<std::uint64_t>(value));
    else if constexpr (std::is_integral_v<V>)
        return json_bytes(static_cast<std::int64_t>(value));
    else
        return json_bytes(value);
}

template <class Column, class V>
lookup_value scalar_value(sql::type type, const V& value) {
    if constexpr (std::is_same_v<Column, nlohmann::json>) {
        lookup_value out;
        out.value = {type, json_value(value)};
        out.null = !out.value.bytes;
        return out;
    } else if constexpr (std::is_same_v<Column, std::string> &&
                         std::is_convertible_v<const V&, std::string_view>)
        return text_value(value, type);
    else
        return encode_converted<Column>(type, convert<Column>(value));
}

// Elements that are arrays have no array of their own: PostgreSQL's arrays of arrays are matrices.
template <class Column, class Range>
lookup_value list_of_encoded(sql::type type, const Range& values) {
    lookup_value out;
    std::vector<std::string> kept;
    for (const auto& value : values) {
        lookup_value one = scalar_value<Column>(type, value);
        out.had_null = out.had_null || one.null;
        if (one.null) continue;
        if (type.array)
            out.items.push_back(std::move(one.value));
        else
            kept.push_back(std::move(*one.value.bytes));
    }
    out.null = kept.empty() && out.items.empty();
    if (!type.array) out.value = array_of({type.kind, true, type.identity}, kept);
    return out;
}

// Only what the column can hold is sent of a list: no other value can be in it.
template <class Column, class Range>
lookup_value list_of_plain(sql::type type, const Range& values) {
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

template <class Column, class Range>
lookup_value list_value(sql::type type, const Range& values) {
    if constexpr (std::is_same_v<Column, nlohmann::json> || postgres::codec<Column>::type.array)
        return list_of_encoded<Column>(type, values);
    else
        return list_of_plain<Column>(type, values);
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

// A lookup with a text of its own meets integers of any width.
template <class Column, bool Custom>
using widened_t = std::conditional_t<Custom && std::is_integral_v<Column> && !std::is_same_v<Column, bool>,
                                     std::int64_t, Column>;

// The right side of a lookup, for what has the C++ type Column and the type `type`.
template <class Column, operand Right, bool Custom = false, class V>
lookup_value encode_value(sql::type type, const V& value) {
    if constexpr (Right == operand::flag) {
        lookup_value out;
        out.flag = value;
        return out;
    } else if constexpr (Right == operand::list) {
        return list_value<Column>(type, value);
    } else if constexpr (Right == operand::pair) {
        return range_value<Column>(type, value);
    } else if constexpr (Right == operand::texts) {
        return texts_value(std::vector<std::string>(value.begin(), value.end()));
    } else if constexpr (Right == operand::text) {
        return scalar_value<std::string>({sql::type_kind::text}, value);
    } else {
        using sent = widened_t<Column, Custom>;
        return scalar_value<sent>(std::is_same_v<sent, Column> ? type : sql::type{sql::type_kind::int8},
                                  value);
    }
}

}  // namespace orm::inline v0::query_detail
