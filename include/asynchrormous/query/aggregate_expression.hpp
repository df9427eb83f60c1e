// An aggregate as an expression: what is aggregated, and its distinct(), filter(), order_by() and default_().
#pragma once

#include <asynchrormous/query/call.hpp>
#include <asynchrormous/query/order.hpp>
#include <asynchrormous/query/parts.hpp>
#include <asynchrormous/query/q.hpp>

#include <tuple>
#include <utility>
#include <vector>

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
// `null_on_empty`, whether it is NULL over no rows; `cast`, whether PostgreSQL gives a numeric that is a
// bigint here.
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

}  // namespace orm::inline v0
