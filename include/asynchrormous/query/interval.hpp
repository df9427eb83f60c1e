// Times of day and intervals in models and queries, and their arithmetic with F as PostgreSQL has it:
//     F<"due"> + interval(days(14))   F<"ended"> - F<"begun">   F<"lunch"> + minutes(30)   F<"length"> * 2
// A timestamptz is moved by days and months in the session's zone, UTC unless the program set another one.
#pragma once

#include <asynchrormous/postgres/time_codec.hpp>
#include <asynchrormous/query/arithmetic.hpp>
#include <asynchrormous/query/functions/time.hpp>

namespace orm::inline v0 {

namespace query_detail {

template <class T>
inline constexpr bool moves_by_interval = std::is_same_v<T, timestamp> || std::is_same_v<T, timestamptz> ||
                                          std::is_same_v<T, time_of_day> || std::is_same_v<T, interval>;

template <class T>
    requires moves_by_interval<T>
struct sum_type<T, interval> {
    using type = T;
};
template <class T>
    requires(moves_by_interval<T> && !std::is_same_v<T, interval>)
struct sum_type<interval, T> {
    using type = T;
};
template <>
struct sum_type<date, interval> {
    using type = timestamp;
};
template <>
struct sum_type<interval, date> {
    using type = timestamp;
};
template <>
struct sum_type<date, time_of_day> {
    using type = timestamp;
};
template <>
struct sum_type<time_of_day, date> {
    using type = timestamp;
};

template <class T>
    requires moves_by_interval<T>
struct difference_type<T, interval> {
    using type = T;
};
template <>
struct difference_type<date, interval> {
    using type = timestamp;
};
template <class T>
    requires(moves_by_interval<T> && !std::is_same_v<T, interval>)
struct difference_type<T, T> {
    using type = interval;
};

template <class N>
    requires std::is_arithmetic_v<N>
struct product_type<interval, N> {
    using type = interval;
};
template <class N>
    requires std::is_arithmetic_v<N>
struct product_type<N, interval> {
    using type = interval;
};
template <>
struct negative_type<interval> {
    using type = interval;
};

}  // namespace query_detail

// The time of day of a timestamp, or of a timestamptz in a zone, UTC unless given: TruncTime(F<"at">,
// "Asia/Tokyo").
template <class E, class... Zone>
constexpr auto TruncTime(E&& of, Zone&&... zone) {
    return query_detail::part_of<"({0})::time", time_of_day, query_detail::any_moment>(
        std::forward<E>(of), std::forward<Zone>(zone)...);
}

}  // namespace orm::inline v0
