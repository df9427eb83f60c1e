// Conditions before they meet a model: keywords in Q for "or", "not" and "exclusive or".
//   Q("pages__gt"_k = 300) || !Q("title__startswith"_k = "A") || F<"pages"> > F<"stars"> * 100
// A Q without model is checked by the filter() it is given to. Q<Book> is bound already: one type whatever
// it holds, so that it can be composed in loops at run time. A Q is an expression of type bool.
#pragma once

#include <asynchrormous/query/arithmetic.hpp>
#include <asynchrormous/query/condition.hpp>
#include <asynchrormous/query/parts.hpp>

#include <tuple>

namespace orm::inline v0 {

template <class Term>
class Q : public expression_methods<Q<Term>> {
public:
    template <reflect::fixed_string... Names, class... Values>
    constexpr explicit Q(keyword<Names, Values>... keywords) : term{std::tuple(std::move(keywords)...)} {}
    constexpr explicit Q(Term bare) : term(std::move(bare)) {}

    static constexpr bool contains_aggregate = query_detail::contains_aggregate<Term>;

    template <class Scope>
    static constexpr bool valid_in() {
        return query_detail::condition_of<Scope, Term>::valid;
    }
    template <class Scope>
    using type_in = query_detail::nullable_t<bool, query_detail::condition_of<Scope, Term>::nullable>;
    template <class Scope>
    sql::expression_ptr bind() const {
        return query_detail::settled(query_detail::condition_of<Scope, Term>::bind(term));
    }

    Term term;
};

template <reflect::fixed_string... Names, class... Values>
Q(keyword<Names, Values>...) -> Q<query_detail::conjunction<keyword<Names, Values>...>>;
template <expression E>
Q(E) -> Q<E>;

// What the error about an OuterRef in a condition that is bound to its model spells. False.
template <class M, class Condition>
struct outer_reference_in_a_bound_condition {
    static constexpr bool value = false;
};

namespace query_detail {

template <model M, class Term>
sql::expression_ptr bind_alone(const Term& term) {
    if constexpr (contains_outer<Term>) {
        static_assert(
            outer_reference_in_a_bound_condition<M, Term>::value,
            "asynchrormous: a Q that is bound to its model keeps no OuterRef; give the condition to "
            "filter() as it is, or keep it as an unbound Q: auto q = Q(…)");
        return nullptr;
    } else {
        return query_detail::bind<M>(term);
    }
}

}  // namespace query_detail

// Bound to its model. Empty, it is no condition at all.
template <model M>
class Q<M> : public expression_methods<Q<M>> {
public:
    Q() = default;
    template <reflect::fixed_string... Names, class... Values>
    explicit Q(const keyword<Names, Values>&... keywords)
        : condition_(sql::all_of({query_detail::bind_alone<M>(keywords)...})) {}
    template <expression E>
        requires(!std::is_same_v<E, Q>)
    Q(const E& unbound) : condition_(query_detail::bind_alone<M>(unbound)) {}

    Q& operator&=(const Q& other) { return *this = *this && other; }
    Q& operator|=(const Q& other) { return *this = *this || other; }
    Q& operator^=(const Q& other) { return *this = *this ^ other; }

    friend Q operator&&(const Q& a, const Q& b) { return Q(sql::all_of({a.condition_, b.condition_})); }
    friend Q operator||(const Q& a, const Q& b) { return Q(sql::any_of({a.condition_, b.condition_})); }
    friend Q operator^(const Q& a, const Q& b) { return Q(sql::odd_of({a.condition_, b.condition_})); }
    friend Q operator!(const Q& a) { return Q(sql::negate(a.condition_)); }
    friend Q operator~(const Q& a) { return !a; }

    const sql::expression_ptr& condition() const { return condition_; }  // null when empty
    bool empty() const { return !condition_; }

    template <class Scope>
    static constexpr bool valid_in() {
        return query_detail::condition_of<Scope, Q>::valid;
    }
    template <class Scope>
    using type_in = std::optional<bool>;
    template <class Scope>
    sql::expression_ptr bind() const {
        return query_detail::settled(condition_);
    }

private:
    explicit Q(sql::expression_ptr condition) : condition_(std::move(condition)) {}

    sql::expression_ptr condition_;
};

// What the error about a Q of another model spells. False.
template <class Of, class Wanted>
struct condition_of_other_model {
    static constexpr bool value = false;
};

namespace query_detail {

template <class Scope, class Term>
    requires(!model<Term>)
struct condition_of<Scope, Q<Term>> : condition_of<Scope, Term> {
    static sql::expression_ptr bind(const Q<Term>& q) { return condition_of<Scope, Term>::bind(q.term); }
    static void write(condition_writer& out, const Q<Term>& q) {
        condition_of<Scope, Term>::write(out, q.term);
    }
};

template <class Scope, model M>
struct condition_of<Scope, Q<M>> {
    static constexpr bool valid = std::is_same_v<M, model_of<Scope>>;
    static_assert(
        valid || condition_of_other_model<M, model_of<Scope>>::value,
        "asynchrormous: this Q belongs to another model than the QuerySet; the template arguments are "
        "the two models");
    static constexpr bool nullable = true;
    static sql::expression_ptr bind(const Q<M>& q) { return q.condition(); }
};

template <class T>
inline constexpr bool is_bound_q = false;
template <model M>
inline constexpr bool is_bound_q<Q<M>> = true;

template <class... T>
concept unbound_conditions = (expression<T> && ...) && !(is_bound_q<T> || ...);

}  // namespace query_detail

template <class L, class R>
    requires query_detail::unbound_conditions<L, R>
constexpr auto operator&&(L left, R right) {
    using both = query_detail::conjunction<L, R>;
    return Q<both>(both{std::tuple(std::move(left), std::move(right))});
}

template <class L, class R>
    requires query_detail::unbound_conditions<L, R>
constexpr auto operator||(L left, R right) {
    using either = query_detail::disjunction<L, R>;
    return Q<either>(either{std::move(left), std::move(right)});
}

// One of the two; of several, an odd number of them, as in Django.
template <class L, class R>
    requires query_detail::unbound_conditions<L, R>
constexpr auto operator^(L left, R right) {
    using one = query_detail::exclusive_disjunction<L, R>;
    return Q<one>(one{std::move(left), std::move(right)});
}

template <class Term>
    requires query_detail::unbound_conditions<Term>
constexpr auto operator!(Term q) {
    using negated = query_detail::negation<Term>;
    return Q<negated>(negated{std::move(q)});
}

template <class Term>
    requires query_detail::unbound_conditions<Term>
constexpr auto operator~(Term q) {
    return !std::move(q);
}

// `Q("a"_k = 1) || "b"_k = 2` means (Q || "b"_k) = 2: the second keyword needs a Q around it.
template <reflect::fixed_string Name>
struct keyword_without_q {
    static constexpr bool value = false;

    template <class T>
    auto operator=(T&& given) const {
        return Q(key<Name>() = std::forward<T>(given));
    }
};

template <class Term, reflect::fixed_string Name>
constexpr auto operator||(const Q<Term>&, key<Name>) {
    static_assert(keyword_without_q<Name>::value,
                  "asynchrormous: put each keyword into a Q of its own: Q(…) || Q(\"title\"_k = value)");
    return keyword_without_q<Name>();
}
template <class Term, reflect::fixed_string Name>
constexpr auto operator&&(const Q<Term>&, key<Name>) {
    static_assert(keyword_without_q<Name>::value,
                  "asynchrormous: put each keyword into a Q of its own: Q(…) && Q(\"title\"_k = value)");
    return keyword_without_q<Name>();
}

}  // namespace orm::inline v0
