// The terms of a condition and what they are in a scope: condition_of<Scope, Term> says whether a term is
// valid there (one static_assert when not), whether it can be NULL, and gives the node.
#pragma once

#include <asynchrormous/query/annotation_lookup.hpp>
#include <asynchrormous/query/comparison.hpp>
#include <asynchrormous/query/field_lookup.hpp>
#include <asynchrormous/query/keyword.hpp>
#include <asynchrormous/query/range_lookup.hpp>

#include <array>
#include <tuple>

namespace orm::inline v0::query_detail {

// How many steps a term has in a recipe; 0: it has none, or belongs to no fixed structure.
template <class Condition>
constexpr std::size_t find_steps() {
    if constexpr (requires { Condition::steps; })
        return Condition::steps;
    else
        return 0;
}
template <class Scope, class Term>
struct condition_of;
template <class Scope, class Term>
inline constexpr std::size_t steps_of = find_steps<condition_of<Scope, Term>>();

// Of several terms and what joins them.
template <class Scope, class... Terms>
inline constexpr std::size_t joined_steps = sizeof...(Terms) > 0 && ((steps_of<Scope, Terms> > 0) && ...)
                                                ? (steps_of<Scope, Terms> + ... + 1)
                                                : 0;

template <class Scope, class... Terms>
constexpr void add_joined_steps(recipe_step*& out, recipe_kind by) {
    (condition_of<Scope, Terms>::add_steps(out), ...);
    *out++ = {.kind = by, .operands = sizeof...(Terms)};
}

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

    static constexpr std::size_t steps = joined_steps<Scope, Terms...>;
    static constexpr void add_steps(recipe_step*& out) {
        add_joined_steps<Scope, Terms...>(out, recipe_kind::all);
    }
    static void write(condition_writer& out, const conjunction<Terms...>& group) {
        std::apply([&out](const auto&... terms) { (condition_of<Scope, Terms>::write(out, terms), ...); },
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

    static constexpr std::size_t steps = joined_steps<Scope, Left, Right>;
    static constexpr void add_steps(recipe_step*& out) {
        add_joined_steps<Scope, Left, Right>(out, recipe_kind::any);
    }
    static void write(condition_writer& out, const disjunction<Left, Right>& either) {
        condition_of<Scope, Left>::write(out, either.left);
        condition_of<Scope, Right>::write(out, either.right);
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

    static constexpr std::size_t steps = joined_steps<Scope, Left, Right>;
    static constexpr void add_steps(recipe_step*& out) {
        add_joined_steps<Scope, Left, Right>(out, recipe_kind::odd);
    }
    static void write(condition_writer& out, const exclusive_disjunction<Left, Right>& one) {
        condition_of<Scope, Left>::write(out, one.left);
        condition_of<Scope, Right>::write(out, one.right);
    }
};

template <class Scope, class Term>
struct condition_of<Scope, negation<Term>> {
    static constexpr bool valid = condition_of<Scope, Term>::valid;
    static constexpr bool nullable = condition_of<Scope, Term>::nullable;

    static sql::expression_ptr bind(const negation<Term>& negated) {
        return sql::negate(condition_of<Scope, Term>::bind(negated.term));
    }

    static constexpr std::size_t steps = joined_steps<Scope, Term>;
    static constexpr void add_steps(recipe_step*& out) {
        add_joined_steps<Scope, Term>(out, recipe_kind::negate);
    }
    static void write(condition_writer& out, const negation<Term>& negated) {
        condition_of<Scope, Term>::write(out, negated.term);
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

template <class Scope, class... Terms>
struct recipe_of {
    static constexpr std::size_t size = joined_steps<Scope, Terms...>;
    static constexpr std::array<recipe_step, size> steps = [] {
        std::array<recipe_step, size> made{};
        recipe_step* end = made.data();
        add_joined_steps<Scope, Terms...>(end, recipe_kind::all);
        return made;
    }();
    static constexpr condition_recipe value{steps.data(), size};
};

// What filter() does with its terms; negated: what exclude() does.
template <class Scope, class... Terms>
sql::query filtered(const sql::query& rows, bool negated, const Terms&... terms) {
    if constexpr (joined_steps<Scope, Terms...> > 0) {
        condition_writer out(rows, recipe_of<Scope, Terms...>::value, negated);
        (condition_of<Scope, Terms>::write(out, terms), ...);
        return out.filtered();
    } else {
        sql::expression_ptr condition = sql::all_of({bind<Scope>(terms)...});
        return negated ? rows.exclude(std::move(condition)) : rows.filter(std::move(condition));
    }
}

}  // namespace orm::inline v0::query_detail
