// The compiler's own spelling of a type, and of the member behind a member pointer.
// For messages and default table names: the spelling of templates differs between compilers.
#pragma once

#include <cstddef>
#include <string_view>

namespace orm::inline v0::reflect {

namespace detail {

template <class T>
constexpr std::string_view pretty_type() {
    return __PRETTY_FUNCTION__;
}

template <auto V>
constexpr std::string_view pretty_value() {
    return __PRETTY_FUNCTION__;
}

// The text between "name = " and the end of the template argument list.
constexpr std::string_view argument_of(std::string_view pretty, std::string_view name) {
    pretty.remove_prefix(pretty.find(name) + name.size());
#ifdef __clang__
    return pretty.substr(0, pretty.rfind(']'));
#else
    return pretty.substr(0, pretty.rfind("; std::string_view"));
#endif
}

// "ns::pair<a::b, c>" is "pair<a::b, c>".
constexpr std::string_view without_scope(std::string_view name) {
    std::size_t begin = 0;
    int depth = 0;
    for (std::size_t i = 0; i < name.size(); ++i) {
        const char c = name[i];
        if (c == '<' || c == '(' || c == '{') ++depth;
        if (c == '>' || c == ')' || c == '}') --depth;
        if (depth == 0 && c == ':') begin = i + 1;
    }
    return name.substr(begin);
}

}  // namespace detail

// "shop::book"
template <class T>
constexpr std::string_view qualified_type_name() {
    return detail::argument_of(detail::pretty_type<T>(), "T = ");
}

// "book"
template <class T>
constexpr std::string_view type_name() {
    return detail::without_scope(qualified_type_name<T>());
}

// member_name<&book::title>() is "title".
template <auto Member>
constexpr std::string_view member_name() {
    return detail::without_scope(detail::argument_of(detail::pretty_value<Member>(), "V = "));
}

}  // namespace orm::inline v0::reflect
