// Functions of numbers, by Django's names: Abs(F<"balance">), Power(F<"side">, 2). Angles are in radians.
// Integers go in as they are; what comes out is double precision, but for Abs and for what stays a decimal:
// Ceil, Floor, Sign and Round of one. PostgreSQL documentation: 9.3 Mathematical Functions.
#pragma once

#include <asynchrormous/query/call.hpp>

namespace orm::inline v0 {

namespace query_detail {

using number = taking<fixed<double>, any_number>;

struct decimal_or_double : any_policy {
    template <reflect::fixed_string, class...>
    static constexpr bool check() {
        return true;
    }
    template <class Arg>
    using type =
        nullable_t<std::conditional_t<is_decimal<without_optional<Arg>>, decimal, double>, any_optional<Arg>>;
};
using number_as_exact = taking<decimal_or_double, any_number>;

}  // namespace query_detail

// clang-format off
// Of the same type as its argument.
template <class E> constexpr auto Abs(E&& x) { return query_detail::make_call<"ABS({0})", taking<same_as_first, any_number>>(std::forward<E>(x)); }

template <class E> constexpr auto Ceil(E&& x) { return query_detail::make_call<"CEIL({0})", query_detail::number_as_exact>(std::forward<E>(x)); }
template <class E> constexpr auto Floor(E&& x) { return query_detail::make_call<"FLOOR({0})", query_detail::number_as_exact>(std::forward<E>(x)); }
// -1, 0 or 1.
template <class E> constexpr auto Sign(E&& x) { return query_detail::make_call<"SIGN({0})", query_detail::number_as_exact>(std::forward<E>(x)); }
// To an integer: halves of doubles to the even one, of decimals away from zero. With places, a double: halves away from zero.
template <class E> constexpr auto Round(E&& x) { return query_detail::make_call<"ROUND({0})", query_detail::number_as_exact>(std::forward<E>(x)); }
template <class E, class N> constexpr auto Round(E&& x, N&& places) { return query_detail::make_call<"ROUND({0}::numeric, {1}::int)::float8", taking<fixed<double>, any_number, any_integer>>(std::forward<E>(x), std::forward<N>(places)); }

template <class E> constexpr auto Sqrt(E&& x) { return query_detail::make_call<"SQRT({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class E> constexpr auto Exp(E&& x) { return query_detail::make_call<"EXP({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class E> constexpr auto Ln(E&& x) { return query_detail::make_call<"LN({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class B, class E> constexpr auto Log(B&& base, E&& x) { return query_detail::make_call<"LOG({0}::numeric, {1}::numeric)::float8", query_detail::number>(std::forward<B>(base), std::forward<E>(x)); }
template <class E, class P> constexpr auto Power(E&& x, P&& exponent) { return query_detail::make_call<"POWER({0}::float8, {1}::float8)", query_detail::number>(std::forward<E>(x), std::forward<P>(exponent)); }
// The remainder, with the sign of x; also of fractions.
template <class E, class D> constexpr auto Mod(E&& x, D&& divisor) { return query_detail::make_call<"MOD({0}::numeric, {1}::numeric)::float8", query_detail::number>(std::forward<E>(x), std::forward<D>(divisor)); }

template <class E> constexpr auto Sin(E&& x) { return query_detail::make_call<"SIN({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class E> constexpr auto Cos(E&& x) { return query_detail::make_call<"COS({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class E> constexpr auto Tan(E&& x) { return query_detail::make_call<"TAN({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class E> constexpr auto Cot(E&& x) { return query_detail::make_call<"COT({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class E> constexpr auto ASin(E&& x) { return query_detail::make_call<"ASIN({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class E> constexpr auto ACos(E&& x) { return query_detail::make_call<"ACOS({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class E> constexpr auto ATan(E&& x) { return query_detail::make_call<"ATAN({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class Y, class X> constexpr auto ATan2(Y&& y, X&& x) { return query_detail::make_call<"ATAN2({0}::float8, {1}::float8)", query_detail::number>(std::forward<Y>(y), std::forward<X>(x)); }
template <class E> constexpr auto Degrees(E&& x) { return query_detail::make_call<"DEGREES({0}::float8)", query_detail::number>(std::forward<E>(x)); }
template <class E> constexpr auto Radians(E&& x) { return query_detail::make_call<"RADIANS({0}::float8)", query_detail::number>(std::forward<E>(x)); }

constexpr auto Pi() { return query_detail::make_call<"PI()", fixed<double>>(); }
// From 0, included, to 1, not included; another one for each row.
constexpr auto Random() { return query_detail::make_call<"RANDOM()", fixed<double>>(); }
// clang-format on

}  // namespace orm::inline v0
