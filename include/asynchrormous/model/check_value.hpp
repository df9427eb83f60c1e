// Whether the value of a keyword argument fits its lookup: filter("pages__gt"_k = 300).
// Included by resolver.hpp.
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/model/value_kind.hpp>

#include <type_traits>

namespace orm::inline v0 {

// What the errors spell. False.
template <class Model, reflect::fixed_string Path, class Value, class Column>
struct value_does_not_fit {
    static constexpr bool value = false;
};

namespace model_detail {

// A column on the right: F<"pages">, which is resolved against the same model.
template <class V, class M>
concept expression_on = requires { typename V::template in<M>; };

template <class Column>
constexpr value_target target_of(const sql::column* column, transform part) {
    using referenced = target_model<Column>;
    return {column, part, std::is_same_v<referenced, no_model> ? nullptr : &type_identity<referenced>};
}

template <sql::lookup_kind Lookup, class V>
constexpr misfit find_misfit(const value_target& to) {
    using enum sql::lookup_kind;
    if constexpr (Lookup == isnull) {
        return std::is_same_v<V, bool> ? misfit::none : misfit::flag;
    } else if constexpr (Lookup == in) {
        if constexpr (value_list<V>)
            return check_scalar(to, kind_of<std::remove_cv_t<typename V::value_type>>, true);
        else
            return misfit::list;
    } else if constexpr (Lookup == range) {
        if constexpr (is_pair<V>) {
            const misfit low = check_scalar(to, kind_of<typename V::first_type>, false);
            return low != misfit::none ? low : check_scalar(to, kind_of<typename V::second_type>, false);
        } else {
            return misfit::pair;
        }
    } else if constexpr (is_text_lookup(Lookup)) {
        return check_text(kind_of<V>, Lookup == iexact);
    } else {
        return check_scalar(to, kind_of<V>, Lookup == exact);
    }
}

// clang-format off
template <misfit Misfit, class Wrong>
constexpr void diagnose_value() {
    if constexpr (Misfit == misfit::null)
        static_assert(Wrong::value, "asynchrormous: NULL is taken by exact, iexact and in lists of in only; "
            "ask for it with isnull, or give the value instead of an optional");
    else if constexpr (Misfit == misfit::flag)
        static_assert(Wrong::value, "asynchrormous: isnull takes true or false");
    else if constexpr (Misfit == misfit::list)
        static_assert(Wrong::value, "asynchrormous: in takes a list of values: a std::vector or {a, b, c}");
    else if constexpr (Misfit == misfit::pair)
        static_assert(Wrong::value, "asynchrormous: range takes std::pair(low, high), both included");
    else if constexpr (Misfit == misfit::text)
        static_assert(Wrong::value, "asynchrormous: this lookup takes text");
    else if constexpr (Misfit == misfit::type)
        static_assert(Wrong::value, "asynchrormous: this value does not fit the column; "
            "the template arguments are model, path, the value's type and the column's type");
}
// clang-format on

template <class M, reflect::fixed_string K, class Field, sql::lookup_kind Lookup, class V>
constexpr bool check_field_value() {
    if constexpr (!Field::valid) {
        return false;
    } else if constexpr (expression_on<V, M>) {
        return true;
    } else {
        using column = typename Field::type;
        constexpr misfit found =
            find_misfit<Lookup, V>(target_of<column>(Field::path.target, Field::transform));
        diagnose_value<found, value_does_not_fit<M, K, V, column>>();
        return found == misfit::none;
    }
}

}  // namespace model_detail

// One static_assert when V does not fit; false then, and where the name itself was wrong.
template <class M, reflect::fixed_string K, class V>
constexpr bool check_value() {
    using field = lookup_of<M, K>;
    return model_detail::check_field_value<M, K, field, field::lookup, std::remove_cvref_t<V>>();
}

// The same for F<…> compared with a value.
template <class M, class Field, sql::lookup_kind Lookup, class V>
constexpr bool check_member_value() {
    constexpr auto name = Field::name;
    return model_detail::check_field_value<M, name, Field, Lookup, std::remove_cvref_t<V>>();
}

}  // namespace orm::inline v0
