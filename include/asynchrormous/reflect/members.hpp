// The members of an aggregate: how many, which types, their names, and a call with all of them.
// The one rule: everything is done for all members at once, since a template for each member is what costs.
// C arrays count as one member; bit-fields, unions and non-empty base classes are refused by name.
#pragma once

#include <asynchrormous/reflect/binder.hpp>
#include <asynchrormous/reflect/type_list.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace orm::inline v0::reflect {

#ifdef __clang__
#pragma clang diagnostic push
#pragma clang diagnostic ignored "-Wundefined-internal"
#endif

// Converts to any member. Never evaluated, so that it needs no definition.
struct any_field {
    template <class T>
    operator T() const;
};

#ifdef __clang__
#pragma clang diagnostic pop
#endif

namespace detail {

template <class T>
struct any_base {
    template <class B>
        requires(std::is_base_of_v<B, T> && !std::is_same_v<B, T>)
    operator B() const;
};

template <class T>
concept has_base = requires { T{any_base<T>{}}; };

template <class T, std::size_t N>
constexpr bool accepts_any() {
    return []<std::size_t... I>(std::index_sequence<I...>) {
        return requires { T{(static_cast<void>(I), any_field{})...}; };
    }(std::make_index_sequence<N>());
}

// Some member has no default constructor: fewer initializers than members may be refused, too.
template <class T, std::size_t N = most_members + 1>
constexpr std::size_t count_any() {
    if constexpr (N == 0 || accepts_any<T, N>())
        return N;
    else
        return count_any<T, N - 1>();
}

// The largest N in [Low, High) that binder<N> accepts; Low is accepted, High is not.
template <class T, std::size_t Low, std::size_t High>
constexpr std::size_t count_between() {
    if constexpr (High - Low == 1)
        return Low;
    else if constexpr (binder<(Low + High) / 2>::template accepts<T>)
        return count_between<T, (Low + High) / 2, High>();
    else
        return count_between<T, Low, (Low + High) / 2>();
}

template <class T, std::size_t N = 1>
constexpr std::size_t count_braces() {
    constexpr std::size_t next = N * 2 > most_members ? most_members + 1 : N * 2;
    if constexpr (!binder<N>::template accepts<T>)
        return N == 1 ? 0 : count_between<T, N / 2, N>();
    else if constexpr (N > most_members)
        return N;
    else if constexpr (!binder<next>::template accepts<T>)
        return count_between<T, N, next>();
    else
        return count_braces<T, next>();
}

// An object that is never made: the addresses of its members spell their names.
template <class T>
union imaginary {
    constexpr imaginary() : nothing() {}
    constexpr ~imaginary() {}
    char nothing;
    T object;
};

template <class T>
inline const imaginary<T> imagined{};

template <std::size_t N>
struct addresses {
    const void* at[N == 0 ? 1 : N];
};

struct to_addresses {
    template <class... Ts>
    constexpr addresses<sizeof...(Ts)> operator()(Ts&... members) const {
        return {{static_cast<const void*>(&members)...}};
    }
};

template <class T, std::size_t Count>
constexpr addresses<Count> addresses_of() {
    constexpr to_addresses collect;
    return binder<Count>::apply(imagined<T>.object, collect);
}

template <auto>
struct constant {};

// A bit-field has no address: a copy is passed instead, and reading it is no constant.
template <class T, std::size_t Count>
concept addressable = requires { typename constant<(addresses_of<T, Count>(), 0)>; };

template <class T>
constexpr std::size_t count_initializers() {
    if constexpr (binder<0>::accepts<T>)
        return count_braces<T>();
    else
        return count_any<T>();
}

template <class T>
concept plain_aggregate = std::is_aggregate_v<T> && std::is_class_v<T>;

enum class shape_error : unsigned char {
    none,
    incomplete,
    not_plain,
    base_class,
    too_many_members,
    bit_field
};

struct shape {
    shape_error error = shape_error::none;
    std::size_t count = 0;
};

template <class T>
constexpr shape find_shape() {
    if constexpr (!requires { sizeof(T); }) {
        return {shape_error::incomplete};
    } else if constexpr (!plain_aggregate<T>) {
        return {shape_error::not_plain};
    } else if constexpr (std::is_empty_v<T>) {
        return {};
    } else if constexpr (has_base<T>) {
        return {shape_error::base_class};
    } else {
        constexpr std::size_t count = count_initializers<T>();
        if constexpr (count > most_members)
            return {shape_error::too_many_members};
        else if constexpr (!addressable<T, count>)
            return {shape_error::bit_field};
        else
            return {shape_error::none, count};
    }
}

template <class T>
inline constexpr shape shape_of = find_shape<T>();

template <class T>
constexpr std::size_t count_members() {
    constexpr shape_error error = shape_of<T>.error;
    static_assert(error != shape_error::incomplete,
                  "asynchrormous: this model is declared but not defined where it is first used; define it "
                  "before the first query of a model that refers to it");
    static_assert(error != shape_error::not_plain,
                  "asynchrormous: this model is not a plain struct; remove its constructors, private "
                  "members and virtual functions");
    static_assert(error != shape_error::base_class,
                  "asynchrormous: this model has a base class; make it a member of type "
                  "orm::embedded<Base>, which is flattened into the table");
    static_assert(error != shape_error::too_many_members,
                  "asynchrormous: this model has more than 64 members; group some of them in a struct "
                  "and make it a member of type orm::embedded<Group>");
    static_assert(error != shape_error::bit_field,
                  "asynchrormous: this model has a bit-field; give the member a type of its own");
    return shape_of<T>.count;
}

}  // namespace detail

// False for what member_count refuses with a compile error.
template <class T>
inline constexpr bool reflectable = detail::shape_of<T>.error == detail::shape_error::none;

// Zero after the compile error.
template <class T>
inline constexpr std::size_t member_count = detail::count_members<T>();

// Calls f with all members of object as lvalues.
template <class T, class F>
constexpr decltype(auto) with_members(T&& object, F&& f) {
    return detail::binder<member_count<std::remove_cvref_t<T>>>::apply(object, f);
}

namespace detail {

struct to_types {
    template <class... Ts>
    constexpr type_list<std::remove_const_t<Ts>...> operator()(Ts&...) const {
        return {};
    }
};

}  // namespace detail

template <class T>
using member_types = decltype(with_members(std::declval<T&>(), std::declval<detail::to_types>()));

template <class T, std::size_t I>
using member_type = type_at<I, member_types<T>>;

namespace detail {

template <addresses Members>
constexpr std::string_view pretty_members() {
    return __PRETTY_FUNCTION__;
}

template <class T>
constexpr std::string_view pretty_members_of() {
    return pretty_members<addresses_of<T, member_count<T>>()>();
}

template <std::size_t N>
struct names {
    std::string_view at[N == 0 ? 1 : N];
};

// clang: "&imagined.object.title, ..."   gcc: "((const void*)(& imagined<Book>...Book::title)), ..."
constexpr std::string_view next_member(std::string_view& rest) {
    rest.remove_prefix(rest.find('&') + 1);
#ifdef __clang__
    const std::size_t end = rest.find_first_of(",}");
#else
    std::size_t end = rest.find("))");
    while (rest[end + 2] != ',' && rest[end + 2] != '}') end = rest.find("))", end + 1);
#endif
    const std::string_view access = rest.substr(0, end);
    rest.remove_prefix(end);
    return access.substr(access.find_last_of(".:") + 1);
}

template <class T>
constexpr names<member_count<T>> find_names() {
    names<member_count<T>> result{};
    if constexpr (member_count<T> > 0) {
        std::string_view rest = pretty_members_of<T>();
        rest.remove_prefix(rest.find("Members = "));
        for (std::string_view& name : result.at) name = next_member(rest);
    }
    return result;
}

}  // namespace detail

// member_names<T>.at[i], in the order of declaration.
template <class T>
inline constexpr auto member_names = detail::find_names<T>();

}  // namespace orm::inline v0::reflect
