// Aggregates over the rows of a QuerySet or a relation: count<>, count<"books">, sum<"pages">, avg<…>,
// min<…>, max<…>, and of expressions sum<>(F<"pages"> * 2). Each takes .distinct(), .filter(…) and
// .default_(value). Sums of integers are bigint, averages double precision; over no rows all but count are
// NULL without default_. Others are in aggregate_more.hpp. They are expressions: max<"pages"> - min<"pages">.
#pragma once

#include <asynchrormous/query/call.hpp>
#include <asynchrormous/query/order.hpp>
#include <asynchrormous/query/parts.hpp>
#include <asynchrormous/query/q.hpp>
#include <asynchrormous/sql/render.hpp>

#include <optional>
#include <string_view>
#include <tuple>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Aggregate>
struct aggregate_of_an_aggregate {
    static constexpr bool value = false;
};
template <class Aggregate>
struct window_in_an_aggregate {
    static constexpr bool value = false;
};
template <class Aggregate>
struct aggregate_without_operand {
    static constexpr bool value = false;
};
template <class Term>
struct not_an_aggregate {
    static constexpr bool value = false;
};
template <class Kind>
struct aggregate_with_default {
    static constexpr bool value = false;
};

namespace query_detail {

// What is not there: a filter, an ordering, a default.
struct absent {};

// An ordering of what is aggregated.
template <class... Terms>
struct aggregate_order {
    static constexpr bool contains_aggregate = (query_detail::contains_aggregate<Terms> || ...);
    std::tuple<Terms...> terms;
};

template <class E>
constexpr auto as_ordered(const E& by) {
    if constexpr (expression<E>)
        return ordered_expression<E>{by};
    else
        return by;
}

template <step Name>
constexpr auto ordered_name() {
    constexpr step name{without_sign<Name>()};
    constexpr bool descending = without_sign<Name>().size() < model_detail::step_name<Name>().size();
    return ordered_expression<field_reference<name>>{{}, descending};
}

// A clause of an aggregate in a scope.
template <class Scope, class Clause>
struct aggregate_clause {
    static constexpr bool valid = condition_of<Scope, Clause>::valid;
    static sql::expression_ptr bind_filter(const Clause& filter) {
        return condition_of<Scope, Clause>::bind(filter);
    }
};
template <class Scope>
struct aggregate_clause<Scope, absent> {
    static constexpr bool valid = true;
    static sql::expression_ptr bind_filter(absent) { return nullptr; }
    static std::vector<sql::ordering> bind_order(absent) { return {}; }
};
template <class Scope, class... E>
struct aggregate_clause<Scope, aggregate_order<ordered_expression<E>...>> {
    static constexpr bool valid = (E::template valid_in<Scope>() && ...);
    static std::vector<sql::ordering> bind_order(const aggregate_order<ordered_expression<E>...>& order) {
        return std::apply(
            [](const auto&... terms) { return std::vector<sql::ordering>{ordering_of<Scope>(terms)...}; },
            order.terms);
    }
};

template <class Default>
struct default_of {
    template <class Scope, class Result>
    static constexpr bool check() {
        if constexpr (!result_of<Scope, Default>::valid)
            return false;
        else
            return common_type::check<"COALESCE({0}, {1})", without_optional<Result>,
                                      typename result_of<Scope, Default>::type>();
    }
    // NULL only if the default is.
    template <class Scope, class Result>
    using type = nullable_t<common_t<Result, typename Default::template type_in<Scope>>,
                            any_optional<typename Default::template type_in<Scope>>>;
};
template <>
struct default_of<absent> {
    template <class Scope, class Result>
    static constexpr bool check() {
        return true;
    }
    template <class Scope, class Result>
    using type = Result;
};

}  // namespace query_detail

// Kind says of an aggregate: `text`, its name; `result`, a policy over the types of its arguments;
// `on_empty`, whether it is NULL over no rows; `exact`, whether PostgreSQL's numeric has to become the bigint
// that it is here.
template <class Kind, class Filter, class Order, class Default, class... Args>
struct aggregate_expression
    : expression_methods<aggregate_expression<Kind, Filter, Order, Default, Args...>> {
    static constexpr bool contains_aggregate = true;

    // Without the default.
    template <class Scope>
    using plain_type = query_detail::nullable_t<
        without_optional<typename Kind::result::template type<typename Args::template type_in<Scope>...>>,
        Kind::null_on_empty>;

    std::tuple<Args...> arguments{};
    bool of_distinct = false;
    Filter condition{};
    Order order{};
    Default fallback{};

    constexpr explicit aggregate_expression(std::tuple<Args...> of, bool distinct = false, Filter filter = {},
                                            Order by = {}, Default value = {})
        : arguments(std::move(of)),
          of_distinct(distinct),
          condition(std::move(filter)),
          order(std::move(by)),
          fallback(std::move(value)) {}

    constexpr auto distinct() const {
        return aggregate_expression(arguments, true, condition, order, fallback);
    }

    // Of the rows for which all terms hold.
    template <class... Terms>
    constexpr auto filter(const Terms&... terms) const {
        using all = query_detail::conjunction<query_detail::condition_t<Terms>...>;
        return aggregate_expression<Kind, all, Order, Default, Args...>(
            arguments, of_distinct, all{std::tuple(query_detail::as_condition(terms)...)}, order, fallback);
    }

    // Instead of NULL where there are no rows.
    template <class V>
    constexpr auto default_(V&& value) const {
        static_assert(Kind::null_on_empty || aggregate_with_default<Kind>::value,
                      "asynchrormous: count is 0 over no rows and has no default_()");
        using other = query_detail::operand_t<V>;
        return aggregate_expression<Kind, Filter, Order, other, Args...>(
            arguments, of_distinct, condition, order, as_expression(std::forward<V>(value)));
    }

    // In which order the values are aggregated: string_agg, array_agg, json_agg.
    template <query_detail::order_term... Terms>
        requires(sizeof...(Terms) > 0)
    constexpr auto order_by(const Terms&... terms) const {
        return ordered(std::tuple(query_detail::as_ordered(terms)...));
    }
    template <step... Names>
        requires(sizeof...(Names) > 0)
    constexpr auto order_by() const {
        return ordered(std::tuple(query_detail::ordered_name<Names>()...));
    }

    template <class Scope>
    static constexpr bool valid_in() {
        constexpr bool nested = (query_detail::contains_aggregate<Args> || ...);
        static_assert(
            !nested || aggregate_of_an_aggregate<aggregate_expression>::value,
            "asynchrormous: an aggregate of an aggregate needs two steps: annotate() the inner one, "
            "then aggregate() the annotation");
        constexpr bool windowed =
            (query_detail::contains_window<Args> || ...) || query_detail::contains_window<Filter>;
        static_assert(
            !windowed || window_in_an_aggregate<aggregate_expression>::value,
            "asynchrormous: PostgreSQL aggregates before it makes windows: aggregate a QuerySet whose "
            "window is an annotation");
        constexpr bool clauses = query_detail::aggregate_clause<Scope, Filter>::valid &&
                                 query_detail::aggregate_clause<Scope, Order>::valid;
        if constexpr (nested || windowed || !(Args::template valid_in<Scope>() && ...) || !clauses)
            return false;
        else if constexpr (!Kind::result::template check<Kind::text,
                                                         typename Args::template type_in<Scope>...>())
            return false;
        else
            return query_detail::default_of<Default>::template check<Scope, plain_type<Scope>>();
    }

    template <class Scope>
    using type_in = typename query_detail::default_of<Default>::template type<Scope, plain_type<Scope>>;

    template <class Scope>
    sql::expression_ptr bind() const {
        return bind_over<Scope>(nullptr, nullptr);
    }
    // The same over a window, which is around the aggregate itself and inside of a cast and a default.
    template <class Scope>
    sql::expression_ptr bind_over(sql::expression_ptr (*make_window)(sql::window_parts),
                                  sql::window_parts* window) const {
        using query_detail::aggregate_clause;
        constexpr sql::type plain = query_detail::sql_type_of<plain_type<Scope>>;
        sql::aggregate_parts parts{.function = Kind::text.view(), .distinct = of_distinct, .result = plain};
        std::apply(
            [&](const auto&... each) { (parts.arguments.push_back(each.template bind<Scope>()), ...); },
            arguments);
        parts.filter = aggregate_clause<Scope, Filter>::bind_filter(condition);
        parts.order = aggregate_clause<Scope, Order>::bind_order(order);
        sql::expression_ptr made = sql::aggregate(std::move(parts));
        if (make_window) {
            window->function = std::move(made);
            made = make_window(std::move(*window));
        }
        if constexpr (Kind::template cast<typename Args::template type_in<Scope>...>)
            made = sql::call({"({0})::bigint"}, {std::move(made)}, plain);
        if constexpr (!std::is_same_v<Default, query_detail::absent>)
            made =
                sql::call({"COALESCE({0}, {1})", false}, {std::move(made), fallback.template bind<Scope>()},
                          query_detail::sql_type_of<type_in<Scope>>);
        return made;
    }

private:
    template <class... Terms>
    constexpr auto ordered(std::tuple<Terms...> terms) const {
        using by = query_detail::aggregate_order<Terms...>;
        return aggregate_expression<Kind, Filter, by, Default, Args...>(arguments, of_distinct, condition,
                                                                        by{std::move(terms)}, fallback);
    }
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
struct number_sum : taking<any_policy, any_number> {
    template <class T>
    using type = std::conditional_t<is_integer<without_optional<T>>, std::int64_t, double>;
};

template <class Policy>
struct aggregate_kind {
    using result = Policy;
    static constexpr bool null_on_empty = true;
    template <class... Args>
    static constexpr bool cast = false;
};

// Types that PostgreSQL has no min() and max() of.
struct any_ordered {
    template <class T>
    static constexpr bool takes =
        !std::is_same_v<T, bool> && sql_type_of<T>.kind != sql::type_kind::uuid &&
        sql_type_of<T>.kind != sql::type_kind::jsonb && sql_type_of<T>.kind != sql::type_kind::bytea;
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
struct avg_kind : aggregate_kind<taking<fixed<double>, any_number>> {
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

}  // namespace orm::inline v0
