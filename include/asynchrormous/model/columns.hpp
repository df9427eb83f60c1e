// A model's columns on the C++ side: their types, and access to all of them in a row at once.
// Columns are the members in order of declaration, those of embedded<T> in the place of the member; relations
// without a column are left out.
#pragma once

#include <asynchrormous/model/embedded.hpp>
#include <asynchrormous/model/foreign_key.hpp>
#include <asynchrormous/model/relations.hpp>
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

// Which of the members, groups flattened, are columns and which are relations.
template <class Types>
struct split;
template <class... Ts>
struct split<reflect::type_list<Ts...>> {
    static constexpr std::size_t relations = (std::size_t{is_relation<Ts>} + ... + 0);
    static constexpr std::size_t columns = sizeof...(Ts) - relations;

    // The columns' places among all, then the relations'.
    struct places_array {
        std::size_t at[sizeof...(Ts) + 1];
    };
    static constexpr places_array places = [] {
        places_array result{};
        std::size_t member = 0, column = 0, relation = columns;
        (static_cast<void>(result.at[is_relation<Ts> ? relation++ : column++] = member++), ...);
        return result;
    }();

    template <std::size_t From, std::size_t... I>
    static reflect::type_list<reflect::type_at<places.at[From + I], reflect::type_list<Ts...>>...> pick(
        std::index_sequence<I...>);

    template <bool Any, class = void>
    struct of {
        using column_types = reflect::type_list<Ts...>;
        using relation_types = reflect::type_list<>;
    };
    template <class Unused>
    struct of<true, Unused> {
        using column_types = decltype(pick<0>(std::make_index_sequence<columns>()));
        using relation_types = decltype(pick<columns>(std::make_index_sequence<relations>()));
    };
    using column_types = typename of<(relations > 0)>::column_types;
    using relation_types = typename of<(relations > 0)>::relation_types;
};

template <class M>
using parts = split<typename flat<M>::type>;

template <class M>
using column_types = typename parts<M>::column_types;
template <class M>
using relation_types = typename parts<M>::relation_types;

template <std::size_t I, class T>
struct member_reference {
    T& to;
};
template <class Indices, class... Ts>
struct member_references;
template <std::size_t... I, class... Ts>
struct member_references<std::index_sequence<I...>, Ts...> : member_reference<I, Ts>... {};

template <std::size_t I, class T>
constexpr T& referred(const member_reference<I, T>& member) {
    return member.to;
}

// Calls f with the columns among the members.
template <class Parts, class F>
struct call_with_columns {
    F& f;

    template <class... Ts>
    constexpr decltype(auto) operator()(Ts&... members) const {
        const member_references<std::index_sequence_for<Ts...>, Ts...> all{{members}...};
        return [&]<std::size_t... I>(std::index_sequence<I...>) -> decltype(auto) {
            return f(referred<Parts::places.at[I]>(all)...);
        }(std::make_index_sequence<Parts::columns>());
    }
};

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
inline constexpr std::size_t column_count = model_detail::parts<M>::columns;

template <class M, std::size_t I>
using column_type = reflect::type_at<I, model_detail::column_types<M>>;

namespace model_detail {

// Calls f with all members, groups flattened.
template <class M, class F>
constexpr decltype(auto) with_flat_members(M& row, F& f) {
    if constexpr (!flat<std::remove_const_t<M>>::nested) {
        return reflect::with_members(row, f);
    } else {
        const auto flatten = [](auto&... members) { return std::tuple_cat(references(members)...); };
        return std::apply(f, reflect::with_members(row, flatten));
    }
}

}  // namespace model_detail

// Calls f with all columns of row as lvalues.
template <class M, class F>
constexpr decltype(auto) with_columns(M&& row, F&& f) {
    using parts = model_detail::parts<std::remove_cvref_t<M>>;
    if constexpr (parts::relations == 0) {
        return model_detail::with_flat_members(row, f);
    } else {
        model_detail::call_with_columns<parts, std::remove_reference_t<F>> call{f};
        return model_detail::with_flat_members(row, call);
    }
}

namespace model_detail {

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
