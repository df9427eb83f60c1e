// Functions of text, by Django's names. Arguments are expressions or plain values: Lower(F<"title">),
// Replace(F<"title">, "a", "b"). Positions count from 1. PostgreSQL documentation: 9.4 String Functions.
#pragma once

#include <asynchrormous/query/call.hpp>

#include <cstdint>
#include <string>

namespace orm::inline v0 {

namespace query_detail {

using text_of_text = taking<fixed<std::string>, any_text>;
using text_of_text_and_numbers = taking<fixed<std::string>, any_text, any_integer>;
using number_of_text = taking<fixed<std::int32_t>, any_text>;

}  // namespace query_detail

// clang-format off
template <class E> constexpr auto Lower(E&& text) { return query_detail::make_call<"LOWER({0})", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto Upper(E&& text) { return query_detail::make_call<"UPPER({0})", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto Reverse(E&& text) { return query_detail::make_call<"REVERSE({0})", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto Trim(E&& text) { return query_detail::make_call<"BTRIM({0})", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto LTrim(E&& text) { return query_detail::make_call<"LTRIM({0})", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto RTrim(E&& text) { return query_detail::make_call<"RTRIM({0})", query_detail::text_of_text>(std::forward<E>(text)); }

// In characters.
template <class E> constexpr auto Length(E&& text) { return query_detail::make_call<"LENGTH({0})", query_detail::number_of_text>(std::forward<E>(text)); }
// The code point of the first character, and the character of a code point.
template <class E> constexpr auto Ord(E&& text) { return query_detail::make_call<"ASCII({0})", query_detail::number_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto Chr(E&& code) { return query_detail::make_call<"CHR({0}::int)", taking<fixed<std::string>, any_integer>>(std::forward<E>(code)); }

template <class E, class N> constexpr auto Left(E&& text, N&& characters) { return query_detail::make_call<"LEFT({0}, {1}::int)", query_detail::text_of_text_and_numbers>(std::forward<E>(text), std::forward<N>(characters)); }
template <class E, class N> constexpr auto Right(E&& text, N&& characters) { return query_detail::make_call<"RIGHT({0}, {1}::int)", query_detail::text_of_text_and_numbers>(std::forward<E>(text), std::forward<N>(characters)); }
template <class E, class N> constexpr auto Repeat(E&& text, N&& times) { return query_detail::make_call<"REPEAT({0}, {1}::int)", query_detail::text_of_text_and_numbers>(std::forward<E>(text), std::forward<N>(times)); }
template <class E, class N> constexpr auto Substr(E&& text, N&& position) { return query_detail::make_call<"SUBSTRING({0}, {1}::int)", query_detail::text_of_text_and_numbers>(std::forward<E>(text), std::forward<N>(position)); }
template <class E, class N, class L> constexpr auto Substr(E&& text, N&& position, L&& length) { return query_detail::make_call<"SUBSTRING({0}, {1}::int, {2}::int)", query_detail::text_of_text_and_numbers>(std::forward<E>(text), std::forward<N>(position), std::forward<L>(length)); }

// Filled, or cut, to a length.
template <class E, class N> constexpr auto LPad(E&& text, N&& length) { return query_detail::make_call<"LPAD({0}, {1}::int)", query_detail::text_of_text_and_numbers>(std::forward<E>(text), std::forward<N>(length)); }
template <class E, class N, class F> constexpr auto LPad(E&& text, N&& length, F&& fill) { return query_detail::make_call<"LPAD({0}, {1}::int, {2})", taking<fixed<std::string>, any_text, any_integer, any_text>>(std::forward<E>(text), std::forward<N>(length), std::forward<F>(fill)); }
template <class E, class N> constexpr auto RPad(E&& text, N&& length) { return query_detail::make_call<"RPAD({0}, {1}::int)", query_detail::text_of_text_and_numbers>(std::forward<E>(text), std::forward<N>(length)); }
template <class E, class N, class F> constexpr auto RPad(E&& text, N&& length, F&& fill) { return query_detail::make_call<"RPAD({0}, {1}::int, {2})", taking<fixed<std::string>, any_text, any_integer, any_text>>(std::forward<E>(text), std::forward<N>(length), std::forward<F>(fill)); }

template <class E, class A> constexpr auto Replace(E&& text, A&& what) { return query_detail::make_call<"REPLACE({0}, {1}, '')", query_detail::text_of_text>(std::forward<E>(text), std::forward<A>(what)); }
template <class E, class A, class B> constexpr auto Replace(E&& text, A&& what, B&& by) { return query_detail::make_call<"REPLACE({0}, {1}, {2})", query_detail::text_of_text>(std::forward<E>(text), std::forward<A>(what), std::forward<B>(by)); }

// Where `what` begins in the text; 0: nowhere.
template <class E, class A> constexpr auto StrIndex(E&& text, A&& what) { return query_detail::make_call<"STRPOS({0}, {1})", query_detail::number_of_text>(std::forward<E>(text), std::forward<A>(what)); }

// Hexadecimal digests of the text in UTF-8. SHA1 needs the extension pgcrypto.
template <class E> constexpr auto MD5(E&& text) { return query_detail::make_call<"MD5({0})", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto SHA1(E&& text) { return query_detail::make_call<"ENCODE(DIGEST({0}, 'sha1'), 'hex')", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto SHA224(E&& text) { return query_detail::make_call<"ENCODE(SHA224(CONVERT_TO({0}, 'UTF8')), 'hex')", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto SHA256(E&& text) { return query_detail::make_call<"ENCODE(SHA256(CONVERT_TO({0}, 'UTF8')), 'hex')", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto SHA384(E&& text) { return query_detail::make_call<"ENCODE(SHA384(CONVERT_TO({0}, 'UTF8')), 'hex')", query_detail::text_of_text>(std::forward<E>(text)); }
template <class E> constexpr auto SHA512(E&& text) { return query_detail::make_call<"ENCODE(SHA512(CONVERT_TO({0}, 'UTF8')), 'hex')", query_detail::text_of_text>(std::forward<E>(text)); }

// Without accents; needs the extension unaccent.
template <class E> constexpr auto Unaccent(E&& text) { return query_detail::make_call<"UNACCENT({0})", query_detail::text_of_text>(std::forward<E>(text)); }

// All arguments as text, one after the other; NULL counts as empty.
template <class First, class Second, class... Rest>
constexpr auto Concat(First&& first, Second&& second, Rest&&... rest) {
    return query_detail::make_lenient_call<"CONCAT({*})", never_null<fixed<std::string>>>(std::forward<First>(first), std::forward<Second>(second), std::forward<Rest>(rest)...);
}
// clang-format on

}  // namespace orm::inline v0
