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

// The same for F<…>.contains(…) and the like where the column has no such lookup. False.
template <class Model, reflect::fixed_string Path, class Column>
struct lookup_not_for_member {
    static constexpr bool value = false;
};

namespace model_detail {

// A column on the right: F<"pages">, which is resolved against the same model.
template <class V, class M>
concept expression_on = requires { typename V::template in<M>; };

// A relation is compared with objects and keys of its model; what transforms make of it is not.
template <class Field>
constexpr value_target target_of() {
    using referenced = target_model<typename Field::type>;
    const bool key = !std::is_same_v<referenced, no_model> && Field::chain.size == 0;
    return {Field::chain.type, key ? &type_identity<referenced> : nullptr};
}

template <operand Right, class V>
constexpr misfit find_misfit(const value_target& to, bool null_fits) {
    if constexpr (asked_rows<V>) {
        return misfit::rows;
    } else if constexpr (Right == operand::flag) {
        return std::is_same_v<V, bool> ? misfit::none : misfit::flag;
    } else if constexpr (Right == operand::list) {
        if (!to.type.array && !sql::can_be_element(to.type)) return misfit::no_array;
        if constexpr (value_list<V>)
            return check_scalar(to, kind_of<std::remove_cv_t<typename V::value_type>>, true);
        else
            return misfit::list;
    } else if constexpr (Right == operand::pair) {
        if constexpr (is_pair<V>) {
            const misfit low = check_scalar(to, kind_of<typename V::first_type>, false);
            return low != misfit::none ? low : check_scalar(to, kind_of<typename V::second_type>, false);
        } else {
            return misfit::pair;
        }
    } else if constexpr (Right == operand::texts) {
        if constexpr (value_list<V>)
            return check_text(kind_of<std::remove_cv_t<typename V::value_type>>, false);
        else
            return misfit::texts;
    } else if constexpr (Right == operand::text) {
        return check_text(kind_of<V>, null_fits);
    } else {
        return check_scalar(to, kind_of<V>, null_fits);
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
    else if constexpr (Misfit == misfit::texts)
        static_assert(Wrong::value, "asynchrormous: this lookup takes a list of texts: {\"a\", \"b\"}");
    else if constexpr (Misfit == misfit::no_array)
        static_assert(Wrong::value, "asynchrormous: lists of values of this type cannot be sent; "
            "write Q(a) || Q(b) of two exact lookups");
    else if constexpr (Misfit == misfit::rows)
        static_assert(Wrong::value, "asynchrormous: a QuerySet is a sub-query here: "
            "#include <asynchrormous/query/subquery.hpp>; rows() gives the rows as a list of values");
    else if constexpr (Misfit == misfit::type)
        static_assert(Wrong::value, "asynchrormous: this value does not fit the column; "
            "the template arguments are model, path, the value's type and the column's type");
}
// clang-format on

template <class M, reflect::fixed_string K, class Field, operand Right, bool NullFits, class V>
constexpr bool check_field_value() {
    if constexpr (!Field::valid) {
        return false;
    } else if constexpr (expression_on<V, M>) {
        return true;
    } else {
        constexpr misfit found = find_misfit<Right, V>(target_of<Field>(), NullFits);
        diagnose_value<found, value_does_not_fit<M, K, V, typename Field::type>>();
        return found == misfit::none;
    }
}

}  // namespace model_detail

// One static_assert when V does not fit; false then, and where the name itself was wrong.
template <class M, reflect::fixed_string K, class V>
constexpr bool check_value() {
    using field = lookup_of<M, K>;
    constexpr const model_detail::lookup_info& by = *field::chain.lookup;
    return model_detail::check_field_value<M, K, field, by.right, accepts_null(by), std::remove_cvref_t<V>>();
}

// The same for F<…> compared with a value.
template <class M, class Field, sql::lookup_kind Lookup, class V>
constexpr bool check_member_value() {
    constexpr auto name = Field::name;
    if constexpr (!Field::valid) {
        return false;
    } else {
        constexpr bool exists = model_detail::has_lookup(Lookup, Field::chain.type);
        static_assert(exists || lookup_not_for_member<M, name, typename Field::type>::value,
                      "asynchrormous: this comparison does not exist for columns of this type");
        if constexpr (exists) {
            constexpr model_detail::lookup_info by = *model_detail::find_lookup(Lookup, Field::chain.type);
            return model_detail::check_field_value<M, name, Field, by.right, accepts_null(by),
                                                   std::remove_cvref_t<V>>();
        } else {
            return false;
        }
    }
}

}  // namespace orm::inline v0
