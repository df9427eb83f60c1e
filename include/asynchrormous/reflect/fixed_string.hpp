// A string literal as a template argument: the text of "author__name"_k, and what compile errors spell.
#pragma once

#include <cstddef>
#include <string_view>

namespace orm::inline v0::reflect {

template <std::size_t N>
struct fixed_string {
    char text[N + 1]{};

    constexpr fixed_string() = default;
    constexpr fixed_string(const char (&literal)[N + 1]) : fixed_string(std::string_view(literal, N)) {}
    // Requires: chars.size() >= N.
    constexpr explicit fixed_string(std::string_view chars) {
        for (std::size_t i = 0; i < N; ++i) text[i] = chars[i];
        text[N] = '\0';  // written, so that clang prints the argument as text instead of numbers
    }

    constexpr std::string_view view() const { return {text, N}; }
    static constexpr std::size_t size() { return N; }

    friend constexpr bool operator==(const fixed_string&, const fixed_string&) = default;
};

template <std::size_t N>
fixed_string(const char (&)[N]) -> fixed_string<N - 1>;

}  // namespace orm::inline v0::reflect
