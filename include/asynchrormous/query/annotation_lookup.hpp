// Lookups of annotations by name: "n__gt"_k = 3, "first__lower__startswith"_k = "a". The longest name of an
// annotation comes before the fields of the model; transforms and a lookup may follow it.
#pragma once

#include <asynchrormous/model/lookup_behind.hpp>
#include <asynchrormous/query/field_lookup.hpp>

#include <cstddef>

namespace orm::inline v0::query_detail {

template <class Scope, reflect::fixed_string Name, std::size_t Size, class V>
struct annotation_lookup {
    static constexpr reflect::fixed_string<Size> annotated{Name.view()};
    static constexpr auto text = text_behind<Name, Size>();
    using reference = field_reference<step(annotated)>;
    using type = without_optional<typename target_in<Scope, annotated>::type>;
    using behind = lookup_behind<type, text, model_of<Scope>, Name>;

    using meant = std::conditional_t<behind::valid, chain_comparison<Scope, reference, behind::chain, V>,
                                     invalid_comparison>;
    static constexpr bool valid = meant::valid;
    static constexpr bool nullable = meant::nullable;

    static sql::expression_ptr bind(const keyword<Name, V>& term) {
        return meant::bind(reference(), term.value);
    }
};

template <class Scope, reflect::fixed_string Name, std::size_t Size, class V>
    requires(Size > 0 && !target_in<Scope, reflect::fixed_string<Size>{Name.view()}>::valid)
struct annotation_lookup<Scope, Name, Size, V> {
    static constexpr bool valid = false;
    static constexpr bool nullable = false;
    static sql::expression_ptr bind(const keyword<Name, V>&) { return nullptr; }
};

template <class Scope, reflect::fixed_string Name, class V>
struct annotation_lookup<Scope, Name, 0, V> : model_lookup<Scope, Name, V> {};

template <class M, class... Annotations, reflect::fixed_string Name, class V>
struct keyword_lookup<names_in<M, Annotations...>, Name, V>
    : annotation_lookup<names_in<M, Annotations...>, Name, longest_match<Annotations...>(Name.view()), V> {};

}  // namespace orm::inline v0::query_detail
