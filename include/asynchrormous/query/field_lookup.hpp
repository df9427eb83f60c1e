// Lookups by name, "author__name__icontains"_k = value, and of F<…> with a plain value.
#pragma once

#include <asynchrormous/query/comparison.hpp>
#include <asynchrormous/query/condition_recipe.hpp>
#include <asynchrormous/query/field_reference.hpp>
#include <asynchrormous/query/lookup_value.hpp>

#include <type_traits>

namespace orm::inline v0::query_detail {

// A field of the model by a chain of transforms and a lookup. Valid: whether Value fits.
template <class Target, const model_detail::lookup_chain& Chain, bool Valid, class V>
sql::expression_ptr bind_lookup(const V& value) {
    if constexpr (Valid) {
        constexpr bool custom = !Chain.lookup->text.empty();
        return lookup_expression(
            Target::field(), Chain,
            encode_value<compared_t<Target>, Chain.lookup->right, custom>(Chain.type, value));
    } else {
        return nullptr;  // the static_assert about it has said all
    }
}

template <class Target, const model_detail::lookup_chain& Chain, class V>
void write_lookup(condition_writer& out, const V& value) {
    write_value<compared_t<Target>, Chain.lookup->right, !Chain.lookup->text.empty()>(out, value);
}

// A keyword that names a field of the model.
template <class Scope, reflect::fixed_string Name, class V>
struct model_lookup {
    using target = lookup_in_t<Scope, Name>;
    static constexpr bool valid = check_value_in<Scope, Name, V>();
    static constexpr bool nullable = target::right != operand::flag && target::nullable;

    static sql::expression_ptr bind(const keyword<Name, V>& term) {
        return bind_lookup<target, target::chain, valid>(term.value);
    }

    // Of a recipe.
    static constexpr std::size_t steps = valid && has_fixed_structure(target::chain) ? 1 : 0;
    static constexpr void add_steps(recipe_step*& out) {
        *out++ = {.chain = &target::chain, .field = &target::field};
    }
    static void write(condition_writer& out, const keyword<Name, V>& term) {
        write_lookup<target, target::chain>(out, term.value);
    }
};

// The same with an expression on its right.
template <class Scope, reflect::fixed_string Name, expression V>
struct model_lookup<Scope, Name, V> {
    using target = lookup_in_t<Scope, Name>;

    static constexpr bool check() {
        if constexpr (target::valid)
            return check_operands<target::right, compared_t<target>, Scope, V>();
        else
            return false;
    }
    static constexpr bool valid = check();
    static constexpr bool nullable = target::nullable || any_optional<typename result_of<Scope, V>::type>;

    static sql::expression_ptr bind(const keyword<Name, V>& term) {
        if constexpr (valid)
            return lookup_expression(target::field(), target::chain, term.value.template bind<Scope>());
        else
            return nullptr;
    }
};

template <class Scope, reflect::fixed_string Name, class V>
struct keyword_lookup : model_lookup<Scope, Name, V> {};

// F<…> of the model compared with a plain value, which may be an object or a key.
template <class Target, sql::lookup_kind Lookup>
inline constexpr model_detail::lookup_chain chain_of = [] {
    model_detail::lookup_chain chain = Target::chain;
    if (Target::valid) chain.lookup = model_detail::find_lookup(Lookup, chain.type);
    return chain;
}();

template <class Scope, class Field, sql::lookup_kind Lookup, class V>
struct field_comparison {
    using M = model_of<Scope>;
    using target = typename Field::template in<M>;
    static constexpr bool valid = check_member_value<M, target, Lookup, V>();
    static constexpr bool nullable = Lookup != sql::lookup_kind::isnull && target::nullable;

    static sql::expression_ptr bind(const comparison<Field, Lookup, V>& term) {
        return bind_lookup<target, chain_of<target, Lookup>, valid>(term.value);
    }

    // Of a recipe.
    static constexpr std::size_t steps = valid && has_fixed_structure(chain_of<target, Lookup>) ? 1 : 0;
    static constexpr void add_steps(recipe_step*& out) {
        *out++ = {.chain = &chain_of<target, Lookup>, .field = &target::field};
    }
    static void write(condition_writer& out, const comparison<Field, Lookup, V>& term) {
        write_lookup<target, chain_of<target, Lookup>>(out, term.value);
    }
};

template <class Scope, step... Steps, sql::lookup_kind Lookup, class V>
    requires(!expression<V> && !pair_with_expression<V> &&
             annotation_at_front<Scope, field_reference<Steps...>::name> == 0 &&
             !is_through<Scope, field_reference<Steps...>::name>)
struct comparison_in<Scope, field_reference<Steps...>, Lookup, V>
    : field_comparison<Scope, field_reference<Steps...>, Lookup, V> {};

}  // namespace orm::inline v0::query_detail
