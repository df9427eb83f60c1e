// What the type of an expression is made of, for questions about all of it: is there a window in it, which
// outer queries does it refer to.
#pragma once

#include <asynchrormous/query/expression.hpp>
#include <asynchrormous/query/keyword.hpp>
#include <asynchrormous/reflect/type_list.hpp>

namespace orm::inline v0::query_detail {

template <class T>
struct parts_of {
    using type = reflect::type_list<>;
};
template <template <class...> class Node, class... Parts>
struct parts_of<Node<Parts...>> {
    using type = reflect::type_list<Parts...>;
};
template <class T>
struct parts_of<value_expression<T>> {
    using type = reflect::type_list<>;
};
template <reflect::fixed_string Text, class Result, bool Strict, class... Args>
struct parts_of<call_expression<Text, Result, Strict, Args...>> {
    using type = reflect::type_list<Args...>;
};
template <reflect::fixed_string Name, class V>
struct parts_of<keyword<Name, V>> {
    using type = reflect::type_list<V>;
};
template <class Left, sql::lookup_kind Lookup, class V>
struct parts_of<comparison<Left, Lookup, V>> {
    using type = reflect::type_list<Left, V>;
};

// window.hpp says it of its own.
template <class T>
inline constexpr bool is_window = false;

template <class T>
constexpr bool find_window();

template <class... Parts>
constexpr bool find_window(reflect::type_list<Parts...>) {
    return (find_window<Parts>() || ...);
}
template <class T>
constexpr bool find_window() {
    if constexpr (is_window<T>)
        return true;
    else
        return find_window(typename parts_of<T>::type());
}

// Not in an aggregate, and not in update().
template <class T>
inline constexpr bool contains_window = find_window<T>();

// outer_reference.hpp and outer_needs.hpp say it of theirs.
template <class T>
inline constexpr bool refers_outside = false;

template <class T>
constexpr bool find_outer();

template <class T>
inline constexpr bool contains_outer = find_outer<T>();
template <reflect::fixed_string Name, class V>
inline constexpr bool contains_outer<keyword<Name, V>> = contains_outer<V>;

template <class... Parts>
constexpr bool any_outer(reflect::type_list<Parts...>) {
    return (contains_outer<Parts> || ...);
}
template <class T>
constexpr bool find_outer() {
    if constexpr (refers_outside<T>)
        return true;
    else
        return any_outer(typename parts_of<T>::type());
}

}  // namespace orm::inline v0::query_detail
