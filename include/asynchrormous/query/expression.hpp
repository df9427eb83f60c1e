// Typed expressions: values that the database computes, checked against a model where they are used.
//     F<"pages"> * 2 + 1   Value("x")   Coalesce(F<"editor__name">, "nobody")   F<"title"> + "!"
// An expression E says of any scope (a model, or names_in<…> with annotations):
//     template <class Scope> static constexpr bool valid_in();     false after the one static_assert that
//     says why template <class Scope> using type_in = …;                    C++ type of its value;
//     std::optional where it can be NULL template <class Scope> sql::expression_ptr bind() const;
// The last two are asked only when it is valid.
#pragma once

#include <asynchrormous/query/bound_value.hpp>
#include <asynchrormous/query/keyword.hpp>
#include <asynchrormous/query/scope.hpp>
#include <asynchrormous/query/slice.hpp>
#include <asynchrormous/sql/expression.hpp>

#include <concepts>
#include <initializer_list>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm::inline v0 {

struct expression_base;

template <class T>
concept expression = std::is_class_v<T> && std::derived_from<T, expression_base>;

template <class Term>
class Q;
template <reflect::fixed_string Text, class Result, bool Strict, class... Args>
struct call_expression;

namespace query_detail {

template <class Left, sql::lookup_kind Lookup, class Value>
struct comparison;

// A comparison in a scope.
template <class Scope, class Left, sql::lookup_kind Lookup, class Value>
struct comparison_in;

template <class A, class B>
concept expression_with = expression<std::remove_cvref_t<A>> || expression<std::remove_cvref_t<B>>;

// Of Left Lookup Value, where Value is a plain value or an expression.
template <sql::lookup_kind Lookup, class L, class R>
constexpr auto compare(L&& left, R&& right);

template <reflect::fixed_string Text, class Result, class... Args>
constexpr auto make_call(Args&&... args);

struct plus;
struct minus;
struct times;
struct remainder;
struct negative;
struct power;
struct shift;
struct part_of_text;

}  // namespace query_detail

// Operators are found by their operands; one of the two may be a plain value.
struct expression_base {
    // clang-format off
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator+(L&& l, R&& r) { return query_detail::make_call<"({0} + {1})", query_detail::plus>(std::forward<L>(l), std::forward<R>(r)); }
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator-(L&& l, R&& r) { return query_detail::make_call<"({0} - {1})", query_detail::minus>(std::forward<L>(l), std::forward<R>(r)); }
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator*(L&& l, R&& r) { return query_detail::make_call<"({0} * {1})", query_detail::times>(std::forward<L>(l), std::forward<R>(r)); }
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator/(L&& l, R&& r) { return query_detail::make_call<"({0} / {1})", query_detail::times>(std::forward<L>(l), std::forward<R>(r)); }
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator%(L&& l, R&& r) { return query_detail::make_call<"({0} % {1})", query_detail::remainder>(std::forward<L>(l), std::forward<R>(r)); }
    template <class E> requires expression<std::remove_cvref_t<E>>
    friend constexpr auto operator-(E&& e) { return query_detail::make_call<"(-{0})", query_detail::negative>(std::forward<E>(e)); }

    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator==(L&& l, R&& r) { return query_detail::compare<sql::lookup_kind::exact>(std::forward<L>(l), std::forward<R>(r)); }
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator!=(L&& l, R&& r) { return !query_detail::compare<sql::lookup_kind::exact>(std::forward<L>(l), std::forward<R>(r)); }
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator>(L&& l, R&& r) { return query_detail::compare<sql::lookup_kind::gt>(std::forward<L>(l), std::forward<R>(r)); }
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator>=(L&& l, R&& r) { return query_detail::compare<sql::lookup_kind::gte>(std::forward<L>(l), std::forward<R>(r)); }
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator<(L&& l, R&& r) { return query_detail::compare<sql::lookup_kind::lt>(std::forward<L>(l), std::forward<R>(r)); }
    template <class L, class R> requires query_detail::expression_with<L, R>
    friend constexpr auto operator<=(L&& l, R&& r) { return query_detail::compare<sql::lookup_kind::lte>(std::forward<L>(l), std::forward<R>(r)); }
    // clang-format on
};

// A plain value as an expression; it is bound, never written into the SQL.
template <class T>
struct value_expression;

template <class T>
constexpr decltype(auto) as_expression(T&& value);

namespace query_detail {

template <class T>
using operand_t = std::remove_cvref_t<decltype(as_expression(std::declval<T>()))>;

// What an expression is in a scope.
template <class Scope, class E, bool Valid = E::template valid_in<Scope>()>
struct result_of {
    static constexpr bool valid = true;
    using type = typename E::template type_in<Scope>;
};
template <class Scope, class E>
struct result_of<Scope, E, false> {
    static constexpr bool valid = false;
    using type = wrong_value;
};

// Null after the error.
template <class Scope, class E>
sql::expression_ptr bind_expression(const E& e) {
    if constexpr (result_of<Scope, E>::valid)
        return e.template bind<Scope>();
    else
        return nullptr;
}

template <class T>
inline constexpr sql::type sql_type_of = postgres::codec<without_optional<T>>::type;

}  // namespace query_detail

namespace query_detail {

// Throws: query_error.
[[noreturn]] ORM_EXPORT void refuse_negative_bound();

// As SUBSTRING counts.
constexpr std::int32_t clamp_position(std::int64_t position) {
    constexpr std::int64_t last = 0x7fff'fffe;
    return static_cast<std::int32_t>(position < last ? position : last);
}
constexpr std::int32_t first_character(slice part) {
    if (part.start < 0 || (part.stop && *part.stop < 0)) refuse_negative_bound();
    return clamp_position(part.start) + 1;
}
constexpr std::int32_t character_count(slice part) {
    const std::int64_t count = part.stop ? *part.stop - part.start : 0x7fff'ffff;
    return count > 0 ? clamp_position(count) : 0;
}

// Whether an aggregate is in it: not in one, and not in a condition of rows.
template <class E>
constexpr bool find_aggregate() {
    if constexpr (requires { E::contains_aggregate; })
        return E::contains_aggregate;
    else
        return false;
}
template <class E>
inline constexpr bool contains_aggregate = find_aggregate<E>();

}  // namespace query_detail

// One term of order_by().
template <class E>
struct ordered_expression {
    E by;
    bool descending = false;
    sql::nulls_order nulls = sql::nulls_order::unset;

    constexpr ordered_expression nulls_first() const { return {by, descending, sql::nulls_order::first}; }
    constexpr ordered_expression nulls_last() const { return {by, descending, sql::nulls_order::last}; }
};

// What can be asked of every expression; it derives from expression_methods of itself.
template <class Self>
struct expression_methods : expression_base {
    // clang-format off
    template <class V> constexpr auto iexact(V&& v) const { return compare<sql::lookup_kind::iexact>(std::forward<V>(v)); }
    template <class V> constexpr auto contains(V&& v) const { return compare<sql::lookup_kind::contains>(std::forward<V>(v)); }
    template <class V> constexpr auto icontains(V&& v) const { return compare<sql::lookup_kind::icontains>(std::forward<V>(v)); }
    template <class V> constexpr auto startswith(V&& v) const { return compare<sql::lookup_kind::startswith>(std::forward<V>(v)); }
    template <class V> constexpr auto istartswith(V&& v) const { return compare<sql::lookup_kind::istartswith>(std::forward<V>(v)); }
    template <class V> constexpr auto endswith(V&& v) const { return compare<sql::lookup_kind::endswith>(std::forward<V>(v)); }
    template <class V> constexpr auto iendswith(V&& v) const { return compare<sql::lookup_kind::iendswith>(std::forward<V>(v)); }
    template <class V> constexpr auto regex(V&& v) const { return compare<sql::lookup_kind::regex>(std::forward<V>(v)); }
    template <class V> constexpr auto iregex(V&& v) const { return compare<sql::lookup_kind::iregex>(std::forward<V>(v)); }
    template <class V> constexpr auto in_list(V&& v) const { return compare<sql::lookup_kind::in>(std::forward<V>(v)); }
    template <class T> constexpr auto in_list(std::initializer_list<T> v) const { return compare<sql::lookup_kind::in>(std::vector<T>(v)); }
    template <class Low, class High> constexpr auto range(Low low, High high) const { return compare<sql::lookup_kind::range>(std::pair(std::move(low), std::move(high))); }
    constexpr auto isnull(bool yes = true) const { return compare<sql::lookup_kind::isnull>(yes); }


    template <class V> constexpr auto pow(V&& v) const { return call<"({0} ^ {1})", query_detail::power>(std::forward<V>(v)); }
    template <class V> constexpr auto bitand_(V&& v) const { return call<"({0} & {1})", query_detail::remainder>(std::forward<V>(v)); }
    template <class V> constexpr auto bitor_(V&& v) const { return call<"({0} | {1})", query_detail::remainder>(std::forward<V>(v)); }
    template <class V> constexpr auto bitxor(V&& v) const { return call<"({0} # {1})", query_detail::remainder>(std::forward<V>(v)); }
    template <class V> constexpr auto bitleftshift(V&& v) const { return call<"({0} << {1}::int)", query_detail::shift>(std::forward<V>(v)); }
    template <class V> constexpr auto bitrightshift(V&& v) const { return call<"({0} >> {1}::int)", query_detail::shift>(std::forward<V>(v)); }
    // clang-format on

    // Characters of a text, counted from 0. Throws: query_error for a negative bound.
    constexpr auto operator[](slice part) const {
        return call<"SUBSTRING({0}, {1}, {2})", query_detail::part_of_text>(
            query_detail::first_character(part), query_detail::character_count(part));
    }

    constexpr auto asc() const { return ordered_expression<Self>{self()}; }
    constexpr auto desc() const { return ordered_expression<Self>{self(), true}; }

private:
    constexpr const Self& self() const { return static_cast<const Self&>(*this); }
    template <sql::lookup_kind Lookup, class V>
    constexpr auto compare(V&& value) const {
        return query_detail::compare<Lookup>(self(), std::forward<V>(value));
    }
    template <reflect::fixed_string Text, class Result, class... Args>
    constexpr auto call(Args&&... args) const {
        return query_detail::make_call<Text, Result>(self(), std::forward<Args>(args)...);
    }
};

template <class T>
struct value_expression : expression_methods<value_expression<T>> {
    T value{};

    constexpr explicit value_expression(T of) : value(std::move(of)) {}

    template <class Scope>
    static constexpr bool valid_in() {
        return query_detail::check_bound_value<T>();
    }
    template <class Scope>
    using type_in = query_detail::bound_t<T>;
    template <class Scope>
    sql::expression_ptr bind() const {
        return sql::value(query_detail::bound_value(value));
    }
};

template <class T>
constexpr auto Value(T&& value) {
    using stored = typename detail::keyword_value<T>::type;
    return value_expression<stored>(stored(std::forward<T>(value)));
}

// A keyword is a condition; expressions stay what they are.
template <class T>
constexpr decltype(auto) as_expression(T&& value) {
    if constexpr (expression<std::remove_cvref_t<T>>)
        return std::forward<T>(value);
    else
        return Value(std::forward<T>(value));
}

}  // namespace orm::inline v0
