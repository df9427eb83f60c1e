// Lookups and transforms of your own, found by name where the library has none of that name:
//   template <>
//   struct orm::lookup<"not_equal"> {
//       static constexpr std::string_view text = "{0} <> {1}";
//   };
//   template <>
//   struct orm::transform<"initials"> {
//       static constexpr std::string_view text = "initials({0})";
//       static constexpr orm::type_set of = orm::types::texts;
//       using result = std::string;
//   };
// Specialise before the first path that uses the name. The text is SQL, written by you and never by data.
#pragma once

#include <asynchrormous/model/describe.hpp>
#include <asynchrormous/model/lookup_chain.hpp>
#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/reflect/fixed_string.hpp>

#include <array>

namespace orm::inline v0 {

// text: SQL of a condition with {0}, the column, and {1}, the value. Optional: `of`, the types it is for
// (any), and `right`, what stands on its right (operand::same).
template <reflect::fixed_string Name>
struct lookup;

// text: SQL of a value with {0}. Optional: `of` (any); `result`, the C++ type of what it gives (the
// column's); `other`, what is done to the right side of a comparison; `may_be_null`, also of what is not
// NULL.
template <reflect::fixed_string Name>
struct transform;

// What the errors about them spell. False.
template <class Lookup>
struct invalid_lookup_text {
    static constexpr bool value = false;
};

namespace model_detail {

template <reflect::fixed_string Name>
concept defines_lookup = requires { lookup<Name>::text; };
template <reflect::fixed_string Name>
concept defines_transform = requires { transform<Name>::text; };

// Whether each brace belongs to one of these marks, and each mark is there.
constexpr bool is_template_of(std::string_view text, std::string_view marks) {
    for (const char mark : marks) {
        const char spelled[] = {'{', mark, '}', '\0'};
        if (text.find(spelled) == std::string_view::npos) return false;
    }
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '}') return false;
        if (text[i] != '{') continue;
        if (text.size() - i < 3 || text[i + 2] != '}' || marks.find(text[i + 1]) == std::string_view::npos)
            return false;
        i += 2;
    }
    return true;
}

template <reflect::fixed_string Name>
inline constexpr auto name_text = Name;

template <reflect::fixed_string Name>
constexpr lookup_info describe_lookup() {
    using given = lookup<Name>;
    static_assert(is_template_of(given::text, "01") || invalid_lookup_text<given>::value,
                  "asynchrormous: the text of this lookup needs {0} and {1}, and no other braces");
    lookup_info made{.name = name_text<Name>.view(), .text = given::text, .of_keys = true};
    if constexpr (requires { given::of; }) made.of = given::of;
    if constexpr (requires { given::right; }) made.right = given::right;
    return made;
}

// What is done to each element of a list.
template <reflect::fixed_string Name>
constexpr auto for_each_element() {
    constexpr std::string_view text = transform<Name>::other, before = "ARRAY(SELECT ", element = "_value",
                               after = " FROM UNNEST({0}) AS _value)";
    packed_text<before.size() + text.size() * 2 + after.size()> made{};
    made.add(before);
    std::string_view rest = text;
    for (std::size_t at = rest.find("{0}"); at != std::string_view::npos; at = rest.find("{0}")) {
        made.add(rest.substr(0, at));
        made.add(element);
        rest.remove_prefix(at + 3);
    }
    made.add(rest);
    made.add(after);
    return made;
}

template <reflect::fixed_string Name>
inline constexpr auto other_list_text = for_each_element<Name>();

template <reflect::fixed_string Name>
constexpr transform_info describe_transform() {
    using given = transform<Name>;
    static_assert(is_template_of(given::text, "0") || invalid_lookup_text<given>::value,
                  "asynchrormous: the text of this transform needs {0}, and no other braces");
    transform_info made{.name = name_text<Name>.view(), .text = given::text, .of = types::any};
    if constexpr (requires { given::of; }) made.of = given::of;
    if constexpr (requires { given::other; }) {
        static_assert(is_template_of(given::other, "0") || invalid_lookup_text<given>::value,
                      "asynchrormous: `other` of this transform needs {0}, and no other braces");
        made.other = given::other;
        made.other_list = std::string_view(other_list_text<Name>.text, other_list_text<Name>.size);
    }
    if constexpr (requires { given::may_be_null; }) made.may_be_null = given::may_be_null;
    if constexpr (requires { typename given::result; }) {
        made.gives = transform_result::fixed;
        made.result = postgres::codec<typename given::result>::type;
    }
    return made;
}

template <reflect::fixed_string Name>
inline constexpr lookup_info defined_lookup = describe_lookup<Name>();
template <reflect::fixed_string Name>
inline constexpr transform_info defined_transform = describe_transform<Name>();

// The definitions of these names.
template <reflect::fixed_string... Names>
struct definitions {
    static constexpr auto lookups = [] {
        std::array<const lookup_info*, (0 + ... + defines_lookup<Names>)> found{};
        [[maybe_unused]] std::size_t size = 0;
        [[maybe_unused]] const auto add = [&]<reflect::fixed_string Name>() {
            if constexpr (defines_lookup<Name>) found[size++] = &defined_lookup<Name>;
        };
        (add.template operator()<Names>(), ...);
        return found;
    }();
    static constexpr auto transforms = [] {
        std::array<const transform_info*, (0 + ... + defines_transform<Names>)> found{};
        [[maybe_unused]] std::size_t size = 0;
        [[maybe_unused]] const auto add = [&]<reflect::fixed_string Name>() {
            if constexpr (defines_transform<Name>) found[size++] = &defined_transform<Name>;
        };
        (add.template operator()<Names>(), ...);
        return found;
    }();
    static constexpr defined_names all{lookups, transforms};
};
template <>
struct definitions<> {
    static constexpr defined_names all{};
};

}  // namespace model_detail
}  // namespace orm::inline v0
