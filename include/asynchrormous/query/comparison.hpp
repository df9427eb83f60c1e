// Comparisons of any expression with a plain value or another expression: F<"pages"> * 2 > 300.
#pragma once

#include <asynchrormous/query/call_result.hpp>
#include <asynchrormous/query/expression.hpp>
#include <asynchrormous/query/lookup_value.hpp>

#include <type_traits>
#include <utility>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Left, class Right>
struct values_do_not_compare {
    static constexpr bool value = false;
};
template <class Left, class Value>
struct value_does_not_fit_expression {
    static constexpr bool value = false;
};

template <class Left>
struct lookup_not_for_expression {
    static constexpr bool value = false;
};

namespace query_detail {

template <class Left, sql::lookup_kind Lookup, class Value>
struct comparison {
    static constexpr bool contains_aggregate =
        query_detail::contains_aggregate<Left> || query_detail::contains_aggregate<Value>;

    Left left;
    Value value;
};

template <class V>
inline constexpr bool pair_with_expression = false;
template <class Low, class High>
inline constexpr bool pair_with_expression<std::pair<Low, High>> = expression<Low> || expression<High>;

template <class L, class R>
inline constexpr bool comparable = std::is_same_v<L, R> || (is_number<L> && is_number<R>);

// The lookup that a comparison means for values of this type; null: there is none.
template <sql::lookup_kind Lookup, class L>
inline constexpr const model_detail::lookup_info* meant = model_detail::find_lookup(Lookup, sql_type_of<L>);

// What stands on the right of a lookup, types without optional.
template <operand Right, class L, class R>
constexpr bool operands_fit() {
    if constexpr (Right == operand::same)
        return comparable<L, R>;
    else if constexpr (Right == operand::text)
        return std::is_same_v<R, std::string>;
    else if constexpr (Right == operand::list)
        return std::is_same_v<std::vector<L>, R> || std::is_same_v<std::vector<std::optional<L>>, R>;
    else if constexpr (Right == operand::texts)
        return std::is_same_v<std::vector<std::string>, R>;
    else
        return false;
}

// One static_assert when an expression does not fit on the right of L.
template <operand Right, class L, class Scope, class R>
constexpr bool check_operands() {
    if constexpr (!result_of<Scope, R>::valid) {
        return false;
    } else {
        using left = without_optional<L>;
        using right = without_optional<typename result_of<Scope, R>::type>;
        static_assert(operands_fit<Right, left, right>() || values_do_not_compare<left, right>::value,
                      "asynchrormous: these values do not compare by this lookup; the template arguments are "
                      "the types of the left and the right one: Cast<T>(…) makes one of the other");
        return operands_fit<Right, left, right>();
    }
}

// A lookup by its kind, of what has the type L without optional. No such lookup: null.
template <sql::lookup_kind Kind, class L>
inline constexpr model_detail::lookup_chain chain_for = [] {
    model_detail::lookup_chain chain;
    chain.type = sql_type_of<L>;
    chain.lookup = model_detail::find_lookup(Kind, chain.type);
    return chain;
}();

template <sql::lookup_kind Kind, class L>
constexpr bool check_lookup() {
    static_assert(chain_for<Kind, L>.lookup || lookup_not_for_expression<L>::value,
                  "asynchrormous: this comparison does not exist for values of this type");
    return chain_for<Kind, L>.lookup != nullptr;
}

template <const model_detail::lookup_chain& Chain, class L, class V>
constexpr bool check_plain_operand() {
    constexpr model_detail::misfit found =
        model_detail::find_misfit<Chain.lookup->right, V>({Chain.type}, accepts_null(*Chain.lookup));
    using wrong = value_does_not_fit_expression<L, V>;
    if constexpr (found == model_detail::misfit::type)
        static_assert(wrong::value,
                      "asynchrormous: this value does not fit the expression; the template arguments are the "
                      "expression's type and the value's");
    else
        model_detail::diagnose_value<found, wrong>();
    return found == model_detail::misfit::none;
}

// A chain of transforms and a lookup of an expression, with a plain value or an expression on the right.
template <class Scope, class Left, const model_detail::lookup_chain& Chain, class V>
struct chain_comparison {
    static constexpr operand right = Chain.lookup->right;
    static constexpr bool custom = !Chain.lookup->text.empty();
    using left = typename result_of<Scope, Left>::type;
    using compared = typename decltype(model_detail::type_after<without_optional<left>, Chain>())::type;

    static constexpr bool check() {
        if constexpr (expression<V>)
            return check_operands<right, compared, Scope, V>();
        else
            return check_plain_operand<Chain, compared, V>();
    }
    static constexpr bool valid = check();

    static constexpr bool find_nullable() {
        if constexpr (right == operand::flag)
            return false;
        else if constexpr (expression<V>)
            return Chain.may_be_null || any_optional<left, typename result_of<Scope, V>::type>;
        else
            return Chain.may_be_null || model_detail::is_optional<left>;
    }
    static constexpr bool nullable = find_nullable();

    static sql::expression_ptr bind(const Left& of, const V& value) {
        if constexpr (!valid)
            return nullptr;
        else if constexpr (expression<V>)
            return lookup_expression(of.template bind<Scope>(), Chain, value.template bind<Scope>());
        else
            return lookup_expression(of.template bind<Scope>(), Chain,
                                     encode_value<compared, right, custom>(Chain.type, value));
    }
};

struct invalid_comparison {
    static constexpr bool valid = false;
    static constexpr bool nullable = false;
    static sql::expression_ptr bind(const auto&, const auto&) { return nullptr; }
};

template <class Scope, class Left, sql::lookup_kind Lookup, class V,
          bool Valid = result_of<Scope, Left>::valid>
struct comparison_by_kind : invalid_comparison {};
template <class Scope, class Left, sql::lookup_kind Lookup, class V>
struct comparison_by_kind<Scope, Left, Lookup, V, true>
    : std::conditional_t<
          check_lookup<Lookup, without_optional<typename result_of<Scope, Left>::type>>(),
          chain_comparison<Scope, Left,
                           chain_for<Lookup, without_optional<typename result_of<Scope, Left>::type>>, V>,
          invalid_comparison> {};

// Any expression with a plain value or an expression.
template <class Scope, class Left, sql::lookup_kind Lookup, class V>
struct comparison_in {
    using meant = comparison_by_kind<Scope, Left, Lookup, V>;
    static constexpr bool valid = meant::valid;
    static constexpr bool nullable = meant::nullable;

    static sql::expression_ptr bind(const comparison<Left, Lookup, V>& term) {
        return meant::bind(term.left, term.value);
    }
};

// Value(x) on the right is x.
template <class T>
constexpr T plain_operand(value_expression<T> of) {
    return std::move(of.value);
}
template <class T>
constexpr auto plain_operand(T&& of) {
    using stored = typename detail::keyword_value<T>::type;
    return stored(std::forward<T>(of));
}

template <sql::lookup_kind Lookup, class L, class R>
constexpr auto compare(L&& left, R&& right) {
    using term = comparison<operand_t<L>, Lookup, decltype(plain_operand(std::forward<R>(right)))>;
    return Q<term>(term{as_expression(std::forward<L>(left)), plain_operand(std::forward<R>(right))});
}

}  // namespace query_detail

}  // namespace orm::inline v0
