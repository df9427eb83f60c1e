// Conditions before they meet a model: keywords, Q for "or" and "not", F for columns.
//   Q("pages__gt"_k = 300) || !Q("title__startswith"_k = "A")
// A Q without model is checked by the filter() it is given to. Q<Book> is bound already: one type whatever
// it holds, so that it can be composed in loops at run time.
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/keyword.hpp>
#include <asynchrormous/query/lookup_value.hpp>

#include <tuple>

namespace orm::inline v0 {

namespace query_detail {

template <class... Terms>
struct conjunction {
    std::tuple<Terms...> terms;
};
template <class Left, class Right>
struct disjunction {
    Left left;
    Right right;
};
template <class Term>
struct negation {
    Term term;
};
// F<…> > value, or F<…>.icontains("…")
template <class Field, sql::lookup_kind Lookup, class Value>
struct comparison {
    Value value;
};

template <class Column, sql::lookup_kind Lookup, class V>
lookup_value encode_value(sql::type type, const V& value) {
    using sql::lookup_kind;
    if constexpr (Lookup == lookup_kind::isnull) {
        lookup_value out;
        out.flag = value;
        return out;
    } else if constexpr (Lookup == lookup_kind::in) {
        return list_value<Column>(type, value);
    } else if constexpr (Lookup == lookup_kind::range) {
        return range_value<Column>(type, value);
    } else if constexpr (model_detail::is_text_lookup(Lookup) && Lookup != lookup_kind::iexact) {
        return text_value(value);
    } else {
        return scalar_value<std::conditional_t<Lookup == lookup_kind::iexact, std::string, Column>>(type,
                                                                                                    value);
    }
}

}  // namespace query_detail

template <class Term>
class Q;

// F<…>.asc() and .desc(), for order_by.
template <class Field>
struct field_order {
    bool descending;
};

// F<"pages">, F<&Book::author, &Author::name>: a column, on either side of a comparison.
template <step... Steps>
struct field_reference {
    template <class M>
    using in = member_path<M, Steps...>;

    template <sql::lookup_kind Lookup, class V>
    constexpr auto compare(V&& value) const {
        using stored = typename detail::keyword_value<V>::type;
        using term = query_detail::comparison<field_reference, Lookup, stored>;
        return Q<term>(term{stored(std::forward<V>(value))});
    }

    // clang-format off
    template <class V> constexpr auto operator==(V&& v) const { return compare<sql::lookup_kind::exact>(std::forward<V>(v)); }
    template <class V> constexpr auto operator!=(V&& v) const { return !(*this == std::forward<V>(v)); }
    template <class V> constexpr auto operator>(V&& v) const { return compare<sql::lookup_kind::gt>(std::forward<V>(v)); }
    template <class V> constexpr auto operator>=(V&& v) const { return compare<sql::lookup_kind::gte>(std::forward<V>(v)); }
    template <class V> constexpr auto operator<(V&& v) const { return compare<sql::lookup_kind::lt>(std::forward<V>(v)); }
    template <class V> constexpr auto operator<=(V&& v) const { return compare<sql::lookup_kind::lte>(std::forward<V>(v)); }
    template <class V> constexpr auto iexact(V&& v) const { return compare<sql::lookup_kind::iexact>(std::forward<V>(v)); }
    template <class V> constexpr auto contains(V&& v) const { return compare<sql::lookup_kind::contains>(std::forward<V>(v)); }
    template <class V> constexpr auto icontains(V&& v) const { return compare<sql::lookup_kind::icontains>(std::forward<V>(v)); }
    template <class V> constexpr auto startswith(V&& v) const { return compare<sql::lookup_kind::startswith>(std::forward<V>(v)); }
    template <class V> constexpr auto istartswith(V&& v) const { return compare<sql::lookup_kind::istartswith>(std::forward<V>(v)); }
    template <class V> constexpr auto endswith(V&& v) const { return compare<sql::lookup_kind::endswith>(std::forward<V>(v)); }
    template <class V> constexpr auto iendswith(V&& v) const { return compare<sql::lookup_kind::iendswith>(std::forward<V>(v)); }
    template <class V> constexpr auto regex(V&& v) const { return compare<sql::lookup_kind::regex>(std::forward<V>(v)); }
    template <class V> constexpr auto iregex(V&& v) const { return compare<sql::lookup_kind::iregex>(std::forward<V>(v)); }
    template <class V> constexpr auto in_list(V&& v) const { return compare<sql::lookup_kind::in>(std::forward<V>(v)); }
    template <class T> constexpr auto in_list(std::initializer_list<T> v) const { return compare<sql::lookup_kind::in>(std::vector<T>(v)); }
    template <class Low, class High> constexpr auto range(Low low, High high) const { return compare<sql::lookup_kind::range>(std::pair(low, high)); }
    constexpr auto isnull(bool yes = true) const { return compare<sql::lookup_kind::isnull>(yes); }
    // clang-format on

    constexpr auto asc() const { return field_order<field_reference>{false}; }
    constexpr auto desc() const { return field_order<field_reference>{true}; }
};

template <step... Steps>
inline constexpr field_reference<Steps...> F{};

namespace query_detail {

template <class T>
inline constexpr bool is_field_reference = false;
template <step... Steps>
inline constexpr bool is_field_reference<field_reference<Steps...>> = true;

// One lookup of a model: Target carries path, transform and the C++ type of the column.
template <class Left, class Right>
inline constexpr bool comparable =
    std::is_same_v<Left, Right> || (std::is_arithmetic_v<Left> && std::is_arithmetic_v<Right> &&
                                    !std::is_same_v<Left, bool> && !std::is_same_v<Right, bool>);

// What the error about two columns spells. False.
template <class M, class Left, class Right>
struct columns_do_not_compare {
    static constexpr bool value = false;
};

// Whether F<…> on the right fits; one static_assert when not.
template <class M, class Target, sql::lookup_kind Lookup, class Right>
constexpr bool check_field_operand() {
    if constexpr (!Right::valid) {
        return false;
    } else {
        using enum sql::lookup_kind;
        using left = compared_t<Target>;
        using right = bare_t<typename Right::type>;
        constexpr bool fits = Lookup != in && Lookup != range && Lookup != isnull &&
                              (model_detail::is_text_lookup(Lookup) ? std::is_same_v<right, std::string>
                                                                    : comparable<left, right>);
        static_assert(
            fits || columns_do_not_compare<M, left, right>::value,
            "asynchrormous: these columns do not compare by this lookup; the template arguments are the "
            "model and the two columns' types");
        return fits;
    }
}

// After an invalid name or value its static_assert has said all.
template <class M, class Target, sql::lookup_kind Lookup, bool Valid, class V>
sql::expression_ptr bind_lookup(const V& value) {
    if constexpr (!Valid) {
        return nullptr;
    } else if constexpr (is_field_reference<V>) {
        using right = typename V::template in<M>;
        if constexpr (check_field_operand<M, Target, Lookup, right>())
            return lookup_expression(Target::path, Target::transform, Lookup, right::path);
        else
            return nullptr;
    } else {
        const sql::type type = model_detail::result_of(Target::transform, Target::path.target->type);
        return lookup_expression(Target::path, Target::transform, Lookup,
                                 encode_value<compared_t<Target>, Lookup>(type, value));
    }
}

// Found by name, not by its argument: a Q<keyword<…>> has no part in this namespace.
template <class M, class Term>
sql::expression_ptr bind(const Q<Term>& q);

// What the error about another kind of argument spells. False.
template <class T>
struct not_a_condition {
    static constexpr bool value = false;
};

template <class M, class T>
sql::expression_ptr bind(const T&) {
    static_assert(
        not_a_condition<T>::value,
        "asynchrormous: a condition is a keyword (\"title\"_k = value), a Q(…), or a comparison of F<…>");
    return nullptr;
}

template <class M, reflect::fixed_string Name, class V>
sql::expression_ptr bind(const keyword<Name, V>& term) {
    using target = lookup_of<M, Name>;
    constexpr bool valid = check_value<M, Name, V>();
    return bind_lookup<M, target, target::lookup, valid>(term.value);
}

template <class M, class Field, sql::lookup_kind Lookup, class V>
sql::expression_ptr bind(const comparison<Field, Lookup, V>& term) {
    using target = typename Field::template in<M>;
    constexpr bool valid = check_member_value<M, target, Lookup, V>();
    return bind_lookup<M, target, Lookup, valid>(term.value);
}

template <class M, class... Terms>
sql::expression_ptr bind(const conjunction<Terms...>& group) {
    return std::apply([](const auto&... terms) { return sql::all_of({bind<M>(terms)...}); }, group.terms);
}

template <class M, class Left, class Right>
sql::expression_ptr bind(const disjunction<Left, Right>& either) {
    return sql::any_of({bind<M>(either.left), bind<M>(either.right)});
}

template <class M, class Term>
sql::expression_ptr bind(const negation<Term>& negated) {
    return sql::negate(bind<M>(negated.term));
}

template <class M, class Term>
sql::expression_ptr bind(const Q<Term>& q) {
    if constexpr (std::is_same_v<M, Term>)
        return q.condition();
    else
        return bind<M>(q.term);
}

}  // namespace query_detail

template <class Term>
class Q {
public:
    template <reflect::fixed_string... Names, class... Values>
    constexpr explicit Q(keyword<Names, Values>... keywords) : term{std::tuple(std::move(keywords)...)} {}
    constexpr explicit Q(Term bare) : term(std::move(bare)) {}

    Term term;
};

template <reflect::fixed_string... Names, class... Values>
Q(keyword<Names, Values>...) -> Q<query_detail::conjunction<keyword<Names, Values>...>>;

// Bound to its model. Empty, it is no condition at all.
template <model M>
class Q<M> {
public:
    Q() = default;
    template <reflect::fixed_string... Names, class... Values>
    explicit Q(const keyword<Names, Values>&... keywords)
        : condition_(sql::all_of({query_detail::bind<M>(keywords)...})) {}
    template <class Term>
        requires(!std::is_same_v<Term, M>)
    Q(const Q<Term>& unbound) : condition_(query_detail::bind<M>(unbound)) {}

    Q& operator&=(const Q& other) { return *this = *this && other; }
    Q& operator|=(const Q& other) { return *this = *this || other; }

    friend Q operator&&(const Q& a, const Q& b) { return Q(sql::all_of({a.condition_, b.condition_})); }
    friend Q operator||(const Q& a, const Q& b) { return Q(sql::any_of({a.condition_, b.condition_})); }
    friend Q operator!(const Q& a) { return Q(sql::negate(a.condition_)); }

    const sql::expression_ptr& condition() const { return condition_; }  // null when empty
    bool empty() const { return !condition_; }

private:
    explicit Q(sql::expression_ptr condition) : condition_(std::move(condition)) {}

    sql::expression_ptr condition_;
};

template <class L, class R>
    requires(!model<L> && !model<R>)
constexpr auto operator&&(Q<L> left, Q<R> right) {
    using both = query_detail::conjunction<Q<L>, Q<R>>;
    return Q<both>(both{std::tuple(std::move(left), std::move(right))});
}

template <class L, class R>
    requires(!model<L> && !model<R>)
constexpr auto operator||(Q<L> left, Q<R> right) {
    using either = query_detail::disjunction<Q<L>, Q<R>>;
    return Q<either>(either{std::move(left), std::move(right)});
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

template <class Term>
    requires(!model<Term>)
constexpr auto operator!(Q<Term> q) {
    using negated = query_detail::negation<Q<Term>>;
    return Q<negated>(negated{std::move(q)});
}

}  // namespace orm::inline v0
