// Lookups and transforms of annotations by name: "n__gt"_k = 3, F<"day__year">. Included by condition.hpp.
#pragma once

#include <asynchrormous/query/comparison.hpp>
#include <asynchrormous/query/field_lookup.hpp>
#include <asynchrormous/query/scope.hpp>

namespace orm::inline v0::query_detail {

// One static_assert when the names behind the annotation are no transforms and lookup of its type.
template <class M, reflect::fixed_string K, std::size_t Begin, const model_detail::lookup_chain& Chain>
constexpr bool check_annotation_chain() {
    using model_detail::path_error;
    if constexpr (Chain.error == path_error::none) {
        return true;
    } else {
        constexpr reflect::fixed_string<Chain.length> segment{
            K.view().substr(Begin + Chain.begin, Chain.length)};
        constexpr reflect::fixed_string<Chain.nearest.size()> nearest{Chain.nearest};
        static_assert(no_such_lookup<M, K, segment, did_you_mean<nearest>>::value,
                      "asynchrormous: no such lookup of this annotation; the template arguments are model, "
                      "path, offending segment and nearest valid name");
        return false;
    }
}

template <class Scope, reflect::fixed_string K, class V>
    requires(annotation_size<Scope, K> > 0)
struct keyword_lookup<Scope, K, V> {
    using left = field_reference<step(annotation_name<Scope, K>)>;
    using type = typename annotation_in<Scope, annotation_name<Scope, K>>::type;

    template <bool Valid, class Of>
    struct meant : invalid_comparison {};
    template <class Of>
    struct meant<true, Of>
        : chain_comparison<Scope, Of, annotation_chain<Scope, K, model_detail::names::lookups>, V> {};
    using comparison =
        meant<check_annotation_chain<model_of<Scope>, K, annotation_begin<Scope, K>,
                                     annotation_chain<Scope, K, model_detail::names::lookups>>(),
              left>;

    static constexpr bool valid = comparison::valid;
    static constexpr bool nullable = comparison::nullable;
    static sql::expression_ptr bind(const keyword<K, V>& term) {
        return comparison::bind(left{}, term.value);
    }
};

}  // namespace orm::inline v0::query_detail
