// Transforms and lookups behind a value that is no field: "n__gt", "label__lower__startswith" of annotations.
#pragma once

#include <asynchrormous/model/resolver.hpp>

namespace orm::inline v0 {

namespace model_detail {

// Of: the value's model and Path its name there; or what is known of it, its type and what follows its name.
template <class T, reflect::fixed_string Rest, const lookup_chain& Found, class Of,
          reflect::fixed_string Path>
constexpr bool check_chain() {
    constexpr reflect::fixed_string<Found.length> segment{Rest.view().substr(Found.begin, Found.length)};
    constexpr reflect::fixed_string<Found.nearest.size()> nearest{Found.nearest};
    // clang-format off
    if constexpr (Found.error == path_error::none)
        return true;
    else if constexpr (Found.error == path_error::no_such_lookup)
        static_assert(no_such_lookup<Of, Path, segment, did_you_mean<nearest>>::value,
            "asynchrormous: no such lookup of this annotation or value; the template arguments are its model (or type), path, offending segment and "
            "nearest valid name");
    else if constexpr (Found.error == path_error::too_many_transforms)
        static_assert(no_such_lookup<Of, Path, segment>::value, "asynchrormous: this path has more than 8 transforms");
    else
        static_assert(lookup_not_for_type<Of, Path, segment, T>::value,
            "asynchrormous: this lookup does not exist for values of this type, or not here; the template arguments are the value's model (or type), path, "
            "offending segment and type");
    // clang-format on
    return false;
}

}  // namespace model_detail

// T: the value's C++ type, without optional. Rest: what follows its name and "__", empty for exact. Of and
// Path are what its errors name.
template <class T, reflect::fixed_string Rest, class Of = T, reflect::fixed_string Path = Rest>
struct lookup_behind {
    static constexpr const model_detail::lookup_chain& chain =
        model_detail::settled_chain<T, Rest, model_detail::names::lookups>;
    static constexpr bool valid = model_detail::check_chain<T, Rest, chain, Of, Path>();
    static constexpr sql::lookup_kind lookup = chain.lookup->kind;
    static constexpr operand right = chain.lookup->right;
    using compared = typename decltype(model_detail::type_after<T, chain>())::type;
};

// Transforms alone, for F<…>, order_by and values.
template <class T, reflect::fixed_string Rest, class Of = T, reflect::fixed_string Path = Rest>
struct value_behind {
    static constexpr const model_detail::lookup_chain& chain =
        model_detail::settled_chain<T, Rest, model_detail::names::transforms>;
    static constexpr bool valid = model_detail::check_chain<T, Rest, chain, Of, Path>();
    static constexpr bool nullable = chain.may_be_null;
    using type = typename decltype(model_detail::type_after<T, chain>())::type;

    static sql::expression_ptr reference(sql::expression_ptr of) {
        return model_detail::transformed(std::move(of), chain.transforms());
    }
};

}  // namespace orm::inline v0
