// A list of types that is cheap to make and to index: no recursion, no tuple.
#pragma once

#include <cstddef>
#include <utility>

namespace orm::inline v0::reflect {

template <class... Ts>
struct type_list {
    static constexpr std::size_t size = sizeof...(Ts);
};

namespace detail {

template <class T>
struct type_box {
    using type = T;
};

template <std::size_t I, class T>
struct indexed_type {};

template <class Indices, class... Ts>
struct indexed_types;
template <std::size_t... I, class... Ts>
struct indexed_types<std::index_sequence<I...>, Ts...> : indexed_type<I, Ts>... {};

template <std::size_t I, class T>
type_box<T> pick(const indexed_type<I, T>&);

template <std::size_t I, class List>
struct type_at;
template <std::size_t I, class... Ts>
struct type_at<I, type_list<Ts...>> {
    using types = indexed_types<std::index_sequence_for<Ts...>, Ts...>;
    using type = typename decltype(pick<I>(types{}))::type;
};

}  // namespace detail

template <std::size_t I, class List>
using type_at = typename detail::type_at<I, List>::type;

}  // namespace orm::inline v0::reflect
