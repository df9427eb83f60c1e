// CASE: Case(When("pages__gt"_k = 300, "long"), When(F<"stars"> > 3, F<"title">)).otherwise("short")
// It can be NULL unless there is an otherwise().
#pragma once

#include <asynchrormous/query/q.hpp>

#include <tuple>
#include <utility>
#include <vector>

namespace orm::inline v0 {

namespace query_detail {

template <class Condition, class Then>
struct when_branch {
    static constexpr bool contains_aggregate =
        query_detail::contains_aggregate<Condition> || query_detail::contains_aggregate<Then>;
    using then_type = Then;

    Condition condition;
    Then then;

    template <class Scope>
    static constexpr bool valid_in() {
        constexpr bool condition_valid = condition_of<Scope, Condition>::valid;
        return Then::template valid_in<Scope>() && condition_valid;
    }
    template <class Scope>
    std::pair<sql::expression_ptr, sql::expression_ptr> bind() const {
        return {condition_of<Scope, Condition>::bind(condition), then.template bind<Scope>()};
    }
};

// NULL, where a CASE has no otherwise().
struct no_default {
    static constexpr bool contains_aggregate = false;

    template <class Scope>
    static constexpr bool valid_in() {
        return true;
    }
    template <class Scope>
    sql::expression_ptr bind() const {
        return nullptr;
    }
};

template <class T>
inline constexpr bool is_when = false;
template <class Condition, class Then>
inline constexpr bool is_when<when_branch<Condition, Then>> = true;

template <class Scope, class Default, class... Thens>
struct case_types {
    using type = nullable_t<
        common_t<typename Thens::template type_in<Scope>..., typename Default::template type_in<Scope>>,
        any_optional<typename Thens::template type_in<Scope>..., typename Default::template type_in<Scope>>>;
    static constexpr bool check() {
        return common_type::check<"CASE", typename Thens::template type_in<Scope>...,
                                  typename Default::template type_in<Scope>>();
    }
};
template <class Scope, class... Thens>
struct case_types<Scope, no_default, Thens...> {
    using type = nullable_t<common_t<typename Thens::template type_in<Scope>...>, true>;
    static constexpr bool check() {
        return common_type::check<"CASE", typename Thens::template type_in<Scope>...>();
    }
};

}  // namespace query_detail

template <class Default, class... Whens>
struct case_expression : expression_methods<case_expression<Default, Whens...>> {
    static constexpr bool contains_aggregate =
        query_detail::contains_aggregate<Default> || (query_detail::contains_aggregate<Whens> || ...);

    std::tuple<Whens...> branches;
    Default fallback;

    constexpr case_expression(std::tuple<Whens...> whens, Default value)
        : branches(std::move(whens)), fallback(std::move(value)) {}

    template <class V>
    constexpr auto otherwise(V&& value) const {
        return case_expression<query_detail::operand_t<V>, Whens...>(branches,
                                                                     as_expression(std::forward<V>(value)));
    }

    template <class Scope>
    using types = query_detail::case_types<Scope, Default, typename Whens::then_type...>;

    template <class Scope>
    static constexpr bool valid_in() {
        constexpr bool fallback_valid = Default::template valid_in<Scope>();
        if constexpr (!(Whens::template valid_in<Scope>() && ...) || !fallback_valid)
            return false;
        else
            return types<Scope>::check();
    }
    template <class Scope>
    using type_in = typename types<Scope>::type;
    template <class Scope>
    sql::expression_ptr bind() const {
        std::vector<std::pair<sql::expression_ptr, sql::expression_ptr>> bound;
        bound.reserve(sizeof...(Whens));
        std::apply([&](const auto&... each) { (bound.push_back(each.template bind<Scope>()), ...); },
                   branches);
        return sql::choice(std::move(bound), fallback.template bind<Scope>(),
                           query_detail::sql_type_of<type_in<Scope>>);
    }
};

// A condition (a keyword, a Q, a boolean expression) and the value where it holds.
template <class Condition, class V>
constexpr auto When(const Condition& condition, V&& then) {
    using made = query_detail::when_branch<query_detail::condition_t<Condition>, query_detail::operand_t<V>>;
    return made{query_detail::as_condition(condition), as_expression(std::forward<V>(then))};
}

template <class... Whens>
constexpr auto Case(Whens... whens) {
    static_assert(sizeof...(Whens) > 0 && (query_detail::is_when<Whens> && ...),
                  "asynchrormous: Case takes When(condition, value), one or several, and .otherwise(value)");
    return case_expression<query_detail::no_default, Whens...>({std::move(whens)...}, {});
}

}  // namespace orm::inline v0
