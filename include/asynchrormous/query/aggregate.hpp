// Aggregates over the rows of a QuerySet: count<>, count<"author">, sum<"pages">, avg<…>, min<…>, max<…>,
// each with .distinct(). Sums of integers are bigint, averages double precision; over no rows all but count
// are empty.
#pragma once

#include <asynchrormous/query/q.hpp>
#include <asynchrormous/sql/render.hpp>

#include <optional>

namespace orm::inline v0 {

enum class aggregate_kind : std::uint8_t { count, sum, avg, min, max };

template <aggregate_kind Kind, step... Steps>
struct aggregate_term {
    bool of_distinct = false;

    constexpr aggregate_term distinct() const { return {true}; }

    template <class M>
    sql::expression_ptr bind() const {
        constexpr std::string_view names[] = {"COUNT", "SUM", "AVG", "MIN", "MAX"};
        sql::aggregate_parts parts{.function = names[static_cast<std::size_t>(Kind)],
                                   .distinct = of_distinct};
        if constexpr (sizeof...(Steps) > 0) parts.arguments.push_back(member_path<M, Steps...>::reference());
        return sql::aggregate(std::move(parts));
    }
};

namespace query_detail {

// What the errors spell. False.
template <class T>
struct not_an_aggregate {
    static constexpr bool value = false;
};
template <class M, class Column>
struct not_a_number {
    static constexpr bool value = false;
};

template <class Term, class M>
struct aggregate_result {
    static_assert(not_an_aggregate<Term>::value,
                  "asynchrormous: aggregate() takes count<>, count<…>, sum<…>, avg<…>, min<…> or max<…>");
    static constexpr bool valid = false;
    using type = bool;
};

template <class M, class Column>
constexpr bool check_number() {
    constexpr bool number = std::is_arithmetic_v<Column> && !std::is_same_v<Column, bool>;
    static_assert(
        number || not_a_number<M, Column>::value,
        "asynchrormous: sum<…> and avg<…> need a column of numbers; the template arguments are the model and "
        "the column's type");
    return number;
}

// The column that an aggregate is of; any number after the error that there is none.
template <class Path, bool Valid = Path::valid>
struct aggregated_column {
    using type = bare_t<typename Path::type>;
};
template <class Path>
struct aggregated_column<Path, false> {
    using type = std::int64_t;
};

template <class M, aggregate_kind Kind>
struct aggregate_result<aggregate_term<Kind>, M> {
    static constexpr bool valid = Kind == aggregate_kind::count;
    static_assert(valid || not_an_aggregate<aggregate_term<Kind>>::value,
                  "asynchrormous: only count<> can do without a column");
    using type = std::int64_t;
};
template <class M, step First, step... Rest>
struct aggregate_result<aggregate_term<aggregate_kind::count, First, Rest...>, M> {
    static constexpr bool valid = member_path<M, First, Rest...>::valid;
    using type = std::int64_t;
};
template <class M, step First, step... Rest>
struct aggregate_result<aggregate_term<aggregate_kind::avg, First, Rest...>, M> {
    using path = member_path<M, First, Rest...>;
    static constexpr bool valid = path::valid && check_number<M, typename aggregated_column<path>::type>();
    using type = std::optional<double>;
};
template <class M, step First, step... Rest>
struct aggregate_result<aggregate_term<aggregate_kind::sum, First, Rest...>, M> {
    using path = member_path<M, First, Rest...>;
    using column = typename aggregated_column<path>::type;
    static constexpr bool valid = path::valid && check_number<M, column>();
    using type = std::optional<std::conditional_t<std::is_integral_v<column>, std::int64_t, double>>;
};
template <class M, aggregate_kind Kind, step First, step... Rest>
struct aggregate_result<aggregate_term<Kind, First, Rest...>, M> {
    static constexpr bool valid = member_path<M, First, Rest...>::valid;
    using type = std::optional<typename aggregated_column<member_path<M, First, Rest...>>::type>;
};

template <class M, class Term>
sql::expression_ptr bind_aggregate(const Term& term) {
    if constexpr (aggregate_result<Term, M>::valid)
        return term.template bind<M>();
    else
        return nullptr;
}

}  // namespace query_detail

template <step... Steps>
inline constexpr aggregate_term<aggregate_kind::count, Steps...> count{};
template <step... Steps>
inline constexpr aggregate_term<aggregate_kind::sum, Steps...> sum{};
template <step... Steps>
inline constexpr aggregate_term<aggregate_kind::avg, Steps...> avg{};
template <step... Steps>
inline constexpr aggregate_term<aggregate_kind::min, Steps...> min{};
template <step... Steps>
inline constexpr aggregate_term<aggregate_kind::max, Steps...> max{};

}  // namespace orm::inline v0
