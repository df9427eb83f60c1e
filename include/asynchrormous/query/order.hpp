// Names in order_by<…>() and earliest<…>(), resolved in the scope of the QuerySet.
#pragma once

#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/lookup_value.hpp>
#include <asynchrormous/query/q.hpp>
#include <asynchrormous/query/scope.hpp>
#include <asynchrormous/query/slice.hpp>
#include <asynchrormous/sql/query.hpp>

#include <span>
#include <tuple>

namespace orm::inline v0::query_detail {

// What the error about a name given at run time spells. False.
template <class... Names>
struct runtime_name {
    static constexpr bool value = false;
};

// "-pages" is descending; a member pointer is not.
template <auto Name>
constexpr auto without_sign() {
    constexpr std::string_view name = model_detail::step_name<Name>();
    constexpr bool descending = name.starts_with('-');
    return reflect::fixed_string<name.size() - descending>(name.substr(descending));
}

template <class Scope, auto Name>
sql::ordering ordering_of() {
    constexpr auto name = without_sign<Name>();
    using target = member_path<model_of<Scope>, name>;
    if constexpr (annotation_at_front<Scope, name> > 0)
        return {name_in<Scope, name>(), name.size() < model_detail::step_name<Name>().size()};
    else if constexpr (is_through<Scope, name>)
        return {name_in<Scope, name>(), name.size() < model_detail::step_name<Name>().size(), true};
    else if constexpr (target::valid)
        return {target::reference(), name.size() < model_detail::step_name<Name>().size(),
                model_detail::names_key_column(name.view(), target::path)};
    else
        return {};
}

template <class T>
inline constexpr bool is_ordered_expression = false;
template <class E>
inline constexpr bool is_ordered_expression<ordered_expression<E>> = true;

// Made once.
template <class Scope, auto... Names>
std::span<const sql::ordering> order_of_names() {
    if constexpr (sizeof...(Names) == 0) {
        return {};
    } else {
        static const sql::ordering terms[]{ordering_of<Scope, Names>()...};
        return terms;
    }
}

// What order_by(…) takes.
template <class T>
concept order_term = expression<T> || is_ordered_expression<T>;

// F<"author">.desc() orders by the column itself.
template <class Scope, class E>
sql::ordering ordering_of(const ordered_expression<E>& term) {
    return {bind_expression<Scope>(term.by), term.descending, true, term.nulls};
}
// An expression without direction is ascending.
template <class Scope, expression E>
sql::ordering ordering_of(const E& by) {
    return {bind_expression<Scope>(by), false, true};
}

// Throws: query_error for a negative bound, or a stop before the start.
ORM_EXPORT sql::query sliced(const sql::query& rows, slice part);

}  // namespace orm::inline v0::query_detail
