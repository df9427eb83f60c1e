// Aggregates over the rows of a QuerySet or a relation: count<>, count<"books">, sum<"pages">, avg<…>,
// min<…>, max<…>, and of expressions sum<>(F<"pages"> * 2). Each takes .distinct(), .filter(…) and
// .default_(value). Sums of integers are bigint, averages double precision; over no rows all but count are
// NULL without default_. Others are in aggregate_more.hpp. They are expressions: max<"pages"> - min<"pages">.
#pragma once

#include <asynchrormous/query/aggregate_expression.hpp>
#include <asynchrormous/sql/render.hpp>

#include <optional>
#include <tuple>

namespace orm::inline v0 {

// What the error about another term spells. False.
template <class Term>
struct not_an_aggregate {
    static constexpr bool value = false;
};

namespace query_detail {

template <class Kind, class... Args>
using plain_aggregate = aggregate_expression<Kind, absent, absent, absent, Args...>;

template <class Kind, class... Args>
constexpr auto make_aggregate(Args&&... args) {
    return plain_aggregate<Kind, operand_t<Args>...>(std::tuple(as_expression(std::forward<Args>(args))...));
}

// sum<"pages">
template <class Kind, step... Steps>
struct aggregate_of : plain_aggregate<Kind, field_reference<Steps...>> {
    constexpr aggregate_of()
        : plain_aggregate<Kind, field_reference<Steps...>>(std::tuple(field_reference<Steps...>())) {}
};
// sum<>(expression)
template <class Kind>
struct aggregate_of<Kind> {
    template <class... Args>
    constexpr auto operator()(Args&&... args) const {
        return make_aggregate<Kind>(std::forward<Args>(args)...);
    }
};

// The policies of results.
template <class T>
using exact_or_double = std::conditional_t<is_decimal<T> || std::is_same_v<T, interval>, T, double>;
struct any_number_or_interval {
    template <class T>
    static constexpr bool takes = is_number<T> || std::is_same_v<T, interval>;
};
struct number_sum : taking<any_policy, any_number_or_interval> {
    template <class T>
    using type = std::conditional_t<is_integer<without_optional<T>>, std::int64_t,
                                    exact_or_double<without_optional<T>>>;
};
struct number_average : taking<any_policy, any_number_or_interval> {
    template <class T>
    using type = exact_or_double<without_optional<T>>;
};

template <class Policy>
struct aggregate_kind {
    using result = Policy;
    static constexpr bool null_on_empty = true;
    template <class... Args>
    static constexpr bool cast = false;
};

// Types that PostgreSQL has min() and max() of.
struct any_ordered {
    template <class T>
    static constexpr bool takes = !types::without_order.has(sql_type_of<T>);
};

struct count_kind : aggregate_kind<taking<fixed<std::int64_t>, anything>> {
    static constexpr reflect::fixed_string text = "COUNT";
    static constexpr bool null_on_empty = false;
};
struct sum_kind : aggregate_kind<number_sum> {
    static constexpr reflect::fixed_string text = "SUM";
    template <class T>
    static constexpr bool cast = std::is_same_v<without_optional<T>, std::int64_t>;
};
struct avg_kind : aggregate_kind<number_average> {
    static constexpr reflect::fixed_string text = "AVG";
};
struct min_kind : aggregate_kind<taking<same_as_first, any_ordered>> {
    static constexpr reflect::fixed_string text = "MIN";
};
struct max_kind : aggregate_kind<taking<same_as_first, any_ordered>> {
    static constexpr reflect::fixed_string text = "MAX";
};

// COUNT(*), and count<>(expression)
struct every_row : aggregate_kind<fixed<std::int64_t>> {
    static constexpr reflect::fixed_string text = "COUNT";
    static constexpr bool null_on_empty = false;
};
template <>
struct aggregate_of<count_kind> : plain_aggregate<every_row> {
    constexpr aggregate_of() : plain_aggregate<every_row>(std::tuple<>()) {}

    template <class E>
    constexpr auto operator()(E&& of) const {
        return make_aggregate<count_kind>(std::forward<E>(of));
    }
};

// A term of aggregate(): an aggregate, or what is computed from some.
template <class Term, class Scope>
constexpr bool check_aggregate() {
    if constexpr (!expression<Term>) {
        static_assert(
            not_an_aggregate<Term>::value,
            "asynchrormous: aggregate() takes count<>, sum<…> and the like, or an expression of them");
        return false;
    } else if constexpr (!contains_aggregate<Term>) {
        static_assert(
            not_an_aggregate<Term>::value,
            "asynchrormous: aggregate() takes count<>, sum<…> and the like, or an expression of them");
        return false;
    } else {
        return Term::template valid_in<Scope>();
    }
}

template <class Term, class Scope, bool Valid = check_aggregate<Term, Scope>()>
struct aggregate_result : result_of<Scope, Term> {};
template <class Term, class Scope>
struct aggregate_result<Term, Scope, false> {
    static constexpr bool valid = false;
    using type = bool;
};

template <class Scope, class Term>
sql::expression_ptr bind_aggregate(const Term& term) {
    if constexpr (aggregate_result<Term, Scope>::valid)
        return term.template bind<Scope>();
    else
        return nullptr;
}

}  // namespace query_detail

template <step... Steps>
inline constexpr query_detail::aggregate_of<query_detail::count_kind, Steps...> count{};
template <step... Steps>
inline constexpr query_detail::aggregate_of<query_detail::sum_kind, Steps...> sum{};
template <step... Steps>
inline constexpr query_detail::aggregate_of<query_detail::avg_kind, Steps...> avg{};
template <step... Steps>
inline constexpr query_detail::aggregate_of<query_detail::min_kind, Steps...> min{};
template <step... Steps>
inline constexpr query_detail::aggregate_of<query_detail::max_kind, Steps...> max{};

namespace query_detail {

template <reflect::fixed_string Name, class Result>
struct named_kind : aggregate_kind<policy_of<Result>> {
    static constexpr auto text = Name;
};

}  // namespace query_detail

// Any aggregate of the database: Aggregate<"GEOMETRIC_MEAN", double>(F<"pages">). Result: as of Func; it is
// NULL over no rows.
template <reflect::fixed_string Name, class Result, class... Args>
constexpr auto Aggregate(Args&&... args) {
    return query_detail::make_aggregate<query_detail::named_kind<Name, Result>>(std::forward<Args>(args)...);
}

}  // namespace orm::inline v0
