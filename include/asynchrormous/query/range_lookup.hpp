// Ranges whose bounds are expressions: "pages__range"_k = std::pair(OuterRef<"low">, 10), F<"n">.range(1,
// F<"m">).
#pragma once

#include <asynchrormous/query/comparison.hpp>
#include <asynchrormous/query/field_lookup.hpp>

#include <type_traits>
#include <utility>

namespace orm::inline v0::query_detail {

// V compared with a T: OuterRef takes its type from there.
template <class V, class T>
struct typed_for {
    using type = V;
};

template <class Scope, class L, class V>
struct range_bound {
    using given = operand_t<const V&>;
    using type = typename typed_for<given, without_optional<L>>::type;
    static constexpr bool check() { return check_operands<operand::same, L, Scope, type>(); }

    static sql::expression_ptr bind(const V& bound) {
        if constexpr (std::is_same_v<given, type>)
            return as_expression(bound).template bind<Scope>();
        else
            return type().template bind<Scope>();
    }
};

// What has the type L, in a range by this lookup.
template <class Scope, class L, operand Right, class Low, class High>
struct range_in {
    using low = range_bound<Scope, L, Low>;
    using high = range_bound<Scope, L, High>;

    static constexpr bool check() {
        using left = without_optional<L>;
        if constexpr (Right != operand::pair) {
            static_assert(values_do_not_compare<left, std::pair<Low, High>>::value,
                          "asynchrormous: only the lookup range takes a pair of expressions");
            return false;
        } else if constexpr (!low::check()) {
            return false;
        } else {
            return high::check();
        }
    }
    static constexpr bool valid = check();

    static constexpr bool find_nullable() {
        if constexpr (valid)
            return any_optional<L, typename result_of<Scope, typename low::type>::type,
                                typename result_of<Scope, typename high::type>::type>;
        else
            return false;
    }
    static constexpr bool nullable = find_nullable();

    static sql::expression_ptr bind(sql::expression_ptr of, const model_detail::lookup_chain& chain,
                                    const std::pair<Low, High>& bounds) {
        if constexpr (valid)
            return range_expression(std::move(of), chain, low::bind(bounds.first), high::bind(bounds.second));
        else
            return nullptr;
    }
};

// After an error about what is compared.
struct no_range {
    static constexpr bool valid = false;
    static constexpr bool nullable = false;
};

template <class Target, class Scope, class Low, class High, bool Valid = Target::valid>
struct range_of_path : no_range {};
template <class Target, class Scope, class Low, class High>
struct range_of_path<Target, Scope, Low, High, true>
    : range_in<Scope, compared_t<Target>, Target::right, Low, High> {};

// "pages__range"_k
template <class Scope, reflect::fixed_string Name, class Low, class High>
    requires pair_with_expression<std::pair<Low, High>>
struct model_lookup<Scope, Name, std::pair<Low, High>> {
    using target = lookup_in_t<Scope, Name>;
    using range = range_of_path<target, Scope, Low, High>;
    static constexpr bool valid = range::valid;
    static constexpr bool nullable = range::nullable || target::nullable;

    static sql::expression_ptr bind(const keyword<Name, std::pair<Low, High>>& term) {
        if constexpr (valid)
            return range::bind(target::field(), target::chain, term.value);
        else
            return nullptr;
    }
};

// "n__range"_k, n being an annotation, and F<"pages">.range(…)
template <class Scope, class Left, const model_detail::lookup_chain& Chain, class Low, class High>
    requires pair_with_expression<std::pair<Low, High>>
struct chain_comparison<Scope, Left, Chain, std::pair<Low, High>> {
    using left = typename result_of<Scope, Left>::type;
    using compared = typename decltype(model_detail::type_after<without_optional<left>, Chain>())::type;
    using range = range_in<Scope, compared, Chain.lookup->right, Low, High>;
    static constexpr bool valid = range::valid;
    static constexpr bool nullable = range::nullable || Chain.may_be_null || model_detail::is_optional<left>;

    static sql::expression_ptr bind(const Left& of, const std::pair<Low, High>& bounds) {
        if constexpr (valid)
            return range::bind(of.template bind<Scope>(), Chain, bounds);
        else
            return nullptr;
    }
};

}  // namespace orm::inline v0::query_detail
