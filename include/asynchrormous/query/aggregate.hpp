// Aggregates over the rows of a QuerySet: count<>, count<"author">, sum<"pages">, avg<…>, min<…>, max<…>,
// each with .distinct(). Sums of integers are bigint, averages double precision; over no rows all but count
// are empty.
#pragma once

#include <asynchrormous/query/q.hpp>
#include <asynchrormous/sql/render.hpp>

#include <optional>

namespace orm::inline v0 {

template <sql::aggregate_kind Kind, step... Steps>
struct aggregate_term {
    bool of_distinct = false;

    constexpr aggregate_term distinct() const { return {true}; }

    template <class M>
    sql::aggregate bind() const {
        if constexpr (sizeof...(Steps) == 0)
            return {Kind, nullptr, of_distinct};
        else
            return {Kind, sql::field(member_path<M, Steps...>::path), of_distinct};
    }
};

namespace query_detail {

template <class Term, class M>
struct aggregate_result;

template <class M, step... Steps>
struct aggregate_result<aggregate_term<sql::aggregate_kind::count, Steps...>, M> {
    using type = std::int64_t;
};
template <class M, step... Steps>
struct aggregate_result<aggregate_term<sql::aggregate_kind::avg, Steps...>, M> {
    using type = std::optional<double>;
};
template <class M, step... Steps>
struct aggregate_result<aggregate_term<sql::aggregate_kind::sum, Steps...>, M> {
    using column = bare_t<typename member_path<M, Steps...>::type>;
    static_assert(std::is_arithmetic_v<column> && !std::is_same_v<column, bool>,
                  "sum<…> needs a column of numbers");
    using type = std::optional<std::conditional_t<std::is_integral_v<column>, std::int64_t, double>>;
};
template <class M, sql::aggregate_kind Kind, step... Steps>
struct aggregate_result<aggregate_term<Kind, Steps...>, M> {
    using type = std::optional<bare_t<typename member_path<M, Steps...>::type>>;
};

}  // namespace query_detail

template <step... Steps>
inline constexpr aggregate_term<sql::aggregate_kind::count, Steps...> count{};
template <step... Steps>
inline constexpr aggregate_term<sql::aggregate_kind::sum, Steps...> sum{};
template <step... Steps>
inline constexpr aggregate_term<sql::aggregate_kind::avg, Steps...> avg{};
template <step... Steps>
inline constexpr aggregate_term<sql::aggregate_kind::min, Steps...> min{};
template <step... Steps>
inline constexpr aggregate_term<sql::aggregate_kind::max, Steps...> max{};

}  // namespace orm::inline v0
