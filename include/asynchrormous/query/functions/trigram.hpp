// Likeness of texts by their trigrams, from 0 to 1; needs the extension pg_trgm.
// PostgreSQL documentation: F.35 pg_trgm.
#pragma once

#include <asynchrormous/query/call.hpp>

namespace orm::inline v0 {

namespace query_detail {

using likeness = taking<fixed<float>, any_text>;

}  // namespace query_detail

// clang-format off
template <class E, class S> constexpr auto TrigramSimilarity(E&& text, S&& other) { return query_detail::make_call<"SIMILARITY({0}, {1})", query_detail::likeness>(std::forward<E>(text), std::forward<S>(other)); }
template <class E, class S> constexpr auto TrigramDistance(E&& text, S&& other) { return query_detail::make_call<"({0} <-> {1})", query_detail::likeness>(std::forward<E>(text), std::forward<S>(other)); }

// Of the part of the text that is most like `word`. The word comes first, as in Django.
template <class S, class E> constexpr auto TrigramWordSimilarity(S&& word, E&& text) { return query_detail::make_call<"WORD_SIMILARITY({0}, {1})", query_detail::likeness>(std::forward<S>(word), std::forward<E>(text)); }
template <class S, class E> constexpr auto TrigramWordDistance(S&& word, E&& text) { return query_detail::make_call<"({0} <<-> {1})", query_detail::likeness>(std::forward<S>(word), std::forward<E>(text)); }
// The same, the part beginning and ending with words.
template <class S, class E> constexpr auto TrigramStrictWordSimilarity(S&& word, E&& text) { return query_detail::make_call<"STRICT_WORD_SIMILARITY({0}, {1})", query_detail::likeness>(std::forward<S>(word), std::forward<E>(text)); }
template <class S, class E> constexpr auto TrigramStrictWordDistance(S&& word, E&& text) { return query_detail::make_call<"({0} <<<-> {1})", query_detail::likeness>(std::forward<S>(word), std::forward<E>(text)); }
// clang-format on

}  // namespace orm::inline v0
