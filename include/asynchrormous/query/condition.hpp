// The terms of a condition and what they are in a scope: condition_of<Scope, Term> says whether a term is
// valid there (one static_assert when not), whether it can be NULL, and gives the node.
#pragma once

#include <asynchrormous/query/annotation_lookup.hpp>
#include <asynchrormous/query/comparison.hpp>
#include <asynchrormous/query/field_lookup.hpp>
#include <asynchrormous/query/keyword.hpp>

#include <tuple>

namespace orm::inline v0::query_detail {

template <class... Terms>
struct conjunction {
    static constexpr bool contains_aggregate = (query_detail::contains_aggregate<Terms> || ...);
    std::tuple<Terms...> terms;
};
template <class Left, class Right>
struct disjunction {
    static constexpr bool contains_aggregate =
        query_detail::contains_aggregate<Left> || query_detail::contains_aggregate<Right>;
    Left left;
    Right right;
};
template <class Left, class Right>
struct exclusive_disjunction {
    static constexpr bool contains_aggregate =
        query_detail::contains_aggregate<Left> || query_detail::contains_aggregate<Right>;
    Left left;
    Right right;
};
template <class Term>
struct negation {
    static constexpr bool contains_aggregate = query_detail::contains_aggregate<Term>;
    Term term;
};

// What the error about another kind of argument spells. False.
template <class T>
struct not_a_condition {
    static constexpr bool value = false;
};

template <class Scope, class T>
constexpr bool check_boolean() {
    if constexpr (!result_of<Scope, T>::valid) {
        return false;
    } else {
        using type = without_optional<typename result_of<Scope, T>::type>;
        static_assert(
            std::is_same_v<type, bool> || not_a_condition<type>::value,
            "asynchrormous: an expression is a condition if its value is true or false; the template "
            "argument is the type it has");
        return std::is_same_v<type, bool>;
    }
}

// An expression of type bool: F<"in_print">, Exists(…).
template <class Scope, class T>
struct condition_of {
    static constexpr bool valid = check_boolean<Scope, T>();
    static constexpr bool nullable = any_optional<typename result_of<Scope, T>::type>;

    static sql::expression_ptr bind(const T& term) {
        if constexpr (valid)
            return sql::truth(term.template bind<Scope>());
        else
            return nullptr;
    }
};

template <class Scope, class T>
    requires(!expression<T>)
struct condition_of<Scope, T> {
    static_assert(
        not_a_condition<T>::value,
        "asynchrormous: a condition is a keyword (\"title\"_k = value), a Q(…), a comparison of F<…>, "
        "or an expression that is true or false");
    static constexpr bool valid = false;
    static constexpr bool nullable = false;
    static sql::expression_ptr bind(const T&) { return nullptr; }
};

template <class Scope, reflect::fixed_string Name, class V>
struct condition_of<Scope, keyword<Name, V>> : keyword_lookup<Scope, Name, V> {};

template <class Scope, class Left, sql::lookup_kind Lookup, class V>
struct condition_of<Scope, comparison<Left, Lookup, V>> : comparison_in<Scope, Left, Lookup, V> {};

template <class Scope, class... Terms>
struct condition_of<Scope, conjunction<Terms...>> {
    static constexpr bool valid = (condition_of<Scope, Terms>::valid && ...);
    static constexpr bool nullable = (condition_of<Scope, Terms>::nullable || ...);

    static sql::expression_ptr bind(const conjunction<Terms...>& group) {
        return std::apply(
            [](const auto&... terms) { return sql::all_of({condition_of<Scope, Terms>::bind(terms)...}); },
            group.terms);
    }
};

template <class Scope, class Left, class Right>
struct condition_of<Scope, disjunction<Left, Right>> {
    static constexpr bool valid = condition_of<Scope, Left>::valid && condition_of<Scope, Right>::valid;
    static constexpr bool nullable =
        condition_of<Scope, Left>::nullable || condition_of<Scope, Right>::nullable;

    static sql::expression_ptr bind(const disjunction<Left, Right>& either) {
        return sql::any_of(
            {condition_of<Scope, Left>::bind(either.left), condition_of<Scope, Right>::bind(either.right)});
    }
};

template <class Scope, class Left, class Right>
struct condition_of<Scope, exclusive_disjunction<Left, Right>> {
    static constexpr bool valid = condition_of<Scope, Left>::valid && condition_of<Scope, Right>::valid;
    static constexpr bool nullable = false;  // NULL counts as not holding

    static sql::expression_ptr bind(const exclusive_disjunction<Left, Right>& one) {
        return sql::odd_of(
            {condition_of<Scope, Left>::bind(one.left), condition_of<Scope, Right>::bind(one.right)});
    }
};

template <class Scope, class Term>
struct condition_of<Scope, negation<Term>> {
    static constexpr bool valid = condition_of<Scope, Term>::valid;
    static constexpr bool nullable = condition_of<Scope, Term>::nullable;

    static sql::expression_ptr bind(const negation<Term>& negated) {
        return sql::negate(condition_of<Scope, Term>::bind(negated.term));
    }
};

template <class T>
inline constexpr bool is_keyword = false;
template <reflect::fixed_string Name, class V>
inline constexpr bool is_keyword<keyword<Name, V>> = true;

// What When() and an aggregate's filter() take: a keyword stands for a Q of it.
template <class T>
constexpr auto as_condition(const T& term) {
    if constexpr (expression<T>)
        return term;
    else
        return Q(term);
}
template <class T>
using condition_t = decltype(as_condition(std::declval<const T&>()));

// A condition that is none holds, where a value is wanted.
inline sql::expression_ptr settled(sql::expression_ptr condition) {
    return condition ? std::move(condition) : sql::everything();
}

// What filter() does with one of its terms.
template <class Scope, class Term>
sql::expression_ptr bind(const Term& term) {
    return condition_of<Scope, Term>::bind(term);
}

}  // namespace orm::inline v0::query_detail
