// The enumerators of an enumeration with their names, found by asking the compiler for the names of a range
// of values at once. Values outside [-16, 127] are found only if `enum_range` is specialised for the type.
#pragma once

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace orm::inline v0::reflect {

// Specialise for an enumeration whose values lie elsewhere; at most some hundred values apart.
template <class E>
struct enum_range {
    static constexpr int min = std::is_signed_v<std::underlying_type_t<E>> ? -16 : 0;
    static constexpr int max = 127;
};

// Scoped, or with a type: any value of the range may then be asked for.
template <class E>
concept enumeration = std::is_enum_v<E> && requires { E{0}; };

template <enumeration E>
struct enumerator {
    std::string_view name{};
    E value{};
};

namespace detail {

template <class E, E... Values>
constexpr std::string_view pretty_values() {
    return __PRETTY_FUNCTION__;
}

template <class E, std::size_t... I>
constexpr std::string_view pretty_range(std::index_sequence<I...>) {
    return pretty_values<E, static_cast<E>(enum_range<E>::min + static_cast<int>(I))...>();
}

template <class E>
inline constexpr std::size_t range_size =
    static_cast<std::size_t>(enum_range<E>::max - enum_range<E>::min + 1);

// The values as written: "shop::color::red, (shop::color)1, ...": a cast is a value without a name.
template <class E>
constexpr std::string_view written_values() {
    std::string_view text = pretty_range<E>(std::make_index_sequence<range_size<E>>());
    const std::size_t begin = text.find("Values = ") + sizeof("Values = {") - 1;
#ifdef __clang__
    return text.substr(begin, text.rfind('>') - begin);
#else
    return text.substr(begin, text.rfind('}') - begin);
#endif
}

constexpr bool is_digit(char c) { return (c >= '0' && c <= '9') || c == '-'; }

// Calls f(name, position in the range) for each enumerator.
template <class E, class F>
constexpr void for_each_name(F f) {
    std::string_view rest = written_values<E>();
    for (std::size_t i = 0; !rest.empty(); ++i) {
        const std::string_view value = rest.substr(0, rest.find(", "));
        rest.remove_prefix(value.size() == rest.size() ? value.size() : value.size() + 2);
        const std::string_view name = value.substr(value.find_last_of(":)") + 1);
        if (!is_digit(name[0])) f(name, i);
    }
}

template <class E>
constexpr std::size_t count_enumerators() {
    std::size_t count = 0;
    for_each_name<E>([&](std::string_view, std::size_t) { ++count; });
    return count;
}

// An array that may be empty, with the names packed behind it.
template <class E>
struct enumerator_table {
    static constexpr std::size_t size = count_enumerators<E>();
    enumerator<E> items[size == 0 ? 1 : size]{};
    std::string_view names[size == 0 ? 1 : size]{};
};

template <class E>
constexpr enumerator_table<E> find_enumerators() {
    enumerator_table<E> result{};
    std::size_t next = 0;
    for_each_name<E>([&](std::string_view name, std::size_t i) {
        result.items[next] = {name, static_cast<E>(enum_range<E>::min + static_cast<int>(i))};
        result.names[next++] = name;
    });
    return result;
}

}  // namespace detail

// enumerators<E>.items and .names, .size of them, in the order of their values.
template <enumeration E>
inline constexpr auto enumerators = detail::find_enumerators<E>();

}  // namespace orm::inline v0::reflect
