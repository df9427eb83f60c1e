// A model's columns on the C++ side: their types, and access to all of them in a row at once.
// Columns are the members in order of declaration, those of embedded<T> in the place of the member.
#pragma once

#include <asynchrormous/model/embedded.hpp>
#include <asynchrormous/model/foreign_key.hpp>
#include <asynchrormous/reflect/members.hpp>

#include <concepts>
#include <cstddef>
#include <optional>
#include <tuple>
#include <type_traits>

namespace orm::inline v0 {

// A struct with a primary key `id`, or one that says with `meta` or a manager that it is a model.
template <class T>
concept model = std::is_aggregate_v<T> &&
                (requires(T row) { row.id; } || requires { T::meta; } || requires { T::objects; });

namespace model_detail {

template <class T>
inline constexpr bool is_embedded = false;
template <class T>
inline constexpr bool is_embedded<embedded<T>> = true;

template <class... Lists>
struct joined;
template <class... Ts>
struct joined<reflect::type_list<Ts...>> {
    using type = reflect::type_list<Ts...>;
};
template <class... A, class... B, class... Rest>
struct joined<reflect::type_list<A...>, reflect::type_list<B...>, Rest...>
    : joined<reflect::type_list<A..., B...>, Rest...> {};

template <class Types>
struct flattened;

template <class T>
struct flattened_member {
    using type = reflect::type_list<T>;
};
template <class T>
struct flattened_member<embedded<T>> : flattened<reflect::member_types<T>> {};

template <class... Ts>
struct flattened<reflect::type_list<Ts...>> {
    template <bool Nested, class = void>
    struct of {
        using type = reflect::type_list<Ts...>;
    };
    template <class Unused>
    struct of<true, Unused> : joined<reflect::type_list<>, typename flattened_member<Ts>::type...> {};
    static constexpr bool nested = (is_embedded<Ts> || ...);
    using type = typename of<nested>::type;
};

template <class M>
using flat = flattened<reflect::member_types<M>>;

template <class M>
using column_types = typename flat<M>::type;

// A tuple of references to the columns in one member.
template <class T>
constexpr auto references(T& member) {
    if constexpr (is_embedded<std::remove_const_t<T>>) {
        using group = typename T::group;
        using part = std::conditional_t<std::is_const_v<T>, const group, group>;
        return reflect::with_members(static_cast<part&>(member),
                                     [](auto&... inner) { return std::tuple_cat(references(inner)...); });
    } else {
        return std::tuple<T&>(member);
    }
}

}  // namespace model_detail

template <class M>
inline constexpr std::size_t column_count = model_detail::column_types<M>::size;

template <class M, std::size_t I>
using column_type = reflect::type_at<I, model_detail::column_types<M>>;

// Calls f with all columns of row as lvalues.
template <class M, class F>
constexpr decltype(auto) with_columns(M&& row, F&& f) {
    if constexpr (!model_detail::flat<std::remove_cvref_t<M>>::nested) {
        return reflect::with_members(row, f);
    } else {
        const auto flatten = [](auto&... members) {
            return std::tuple_cat(model_detail::references(members)...);
        };
        return std::apply(f, reflect::with_members(row, flatten));
    }
}

namespace model_detail {

template <class T>
inline constexpr bool is_foreign_key = false;
template <class M, class Key>
inline constexpr bool is_foreign_key<foreign_key<M, Key>> = true;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

template <class T>
struct stripped {
    using type = T;
};
template <class T>
struct stripped<std::optional<T>> {
    using type = T;
};

template <std::size_t I, class T, class... Ts>
constexpr auto& nth(T& first, Ts&... rest) {
    if constexpr (I == 0)
        return first;
    else
        return nth<I - 1>(rest...);
}

}  // namespace model_detail

// The C++ type of a column without its optional.
template <class T>
using without_optional = typename model_detail::stripped<T>::type;

// Column I of a row.
template <std::size_t I, class M>
constexpr auto& column_of(M& row) {
    return with_columns(row, [](auto&... columns) -> auto& { return model_detail::nth<I>(columns...); });
}

}  // namespace orm::inline v0
