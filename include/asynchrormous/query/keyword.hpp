// Keyword arguments: "author__name__icontains"_k = value, checked against the model where they are used.
// A keyword owns its value, so that it can be stored, but for string literals, which it views.
#pragma once

#include <asynchrormous/reflect/fixed_string.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm::inline v0 {

template <reflect::fixed_string Name, class Value>
struct keyword {
    Value value;
};

namespace detail {

template <class T>
struct keyword_value {
    using type = std::decay_t<T>;
};
template <std::size_t N>
struct keyword_value<const char (&)[N]> {
    using type = std::string_view;
};
template <class T>
    requires(!std::is_array_v<std::remove_reference_t<T>> &&
             (std::is_same_v<std::decay_t<T>, const char*> || std::is_same_v<std::decay_t<T>, char*> ||
              std::is_same_v<std::decay_t<T>, std::string_view>))
struct keyword_value<T> {
    using type = std::string;
};
template <std::size_t N>
struct keyword_value<char (&)[N]> {
    using type = std::string;
};

}  // namespace detail

// Says, as the argument of a failed assertion, which keyword was compared instead of given a value.
template <reflect::fixed_string Name>
struct keyword_compared {
    static constexpr bool value = false;
};

// The name of a keyword argument, or of a column of a row: row["title"_k].
template <reflect::fixed_string Name>
struct key {
    template <class T>
    constexpr auto operator=(T&& value) const {
        using stored = typename detail::keyword_value<T>::type;
        return keyword<Name, stored>{stored(std::forward<T>(value))};
    }

    template <class T>
    constexpr auto operator=(std::initializer_list<T> values) const {
        return keyword<Name, std::vector<T>>{std::vector<T>(values)};
    }

    template <class T>
    constexpr auto operator==(T&& value) const {
        static_assert(keyword_compared<Name>::value,
                      "asynchrormous: a keyword argument is written with one `=`: \"title\"_k = value");
        return *this = std::forward<T>(value);
    }
};

inline namespace literals {

template <reflect::fixed_string Name>
consteval key<Name> operator""_k() {
    return {};
}

}  // namespace literals

}  // namespace orm::inline v0
