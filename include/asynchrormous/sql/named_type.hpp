// Types that a database makes itself: its enums, composite types, types of extensions. Their OIDs differ from
// one database to the next, so that they go by their names: a parameter is written as $1::"mood".
#pragma once

#include <asynchrormous/reflect/fixed_string.hpp>
#include <asynchrormous/sql/type.hpp>

#include <cstddef>
#include <span>
#include <string_view>

namespace orm::inline v0 {

namespace sql {

struct named_type {
    std::string_view name;                       // as SQL spells it: "mood", "shop"."mood"
    std::string_view array;                      // "mood"[]
    std::span<const std::string_view> labels{};  // of an enum in its order: create_tables makes it
};

namespace detail {

// Quoted; a point stands between a schema and a name in it.
template <reflect::fixed_string Name>
struct quoted_name {
    static constexpr bool valid() {
        char before = '.';
        for (const char each : Name.view()) {
            if (each == '"' || each == '\'' || each == '$' || each == '\0' || (each == '.' && before == '.'))
                return false;
            before = each;
        }
        return before != '.';
    }
    static constexpr std::size_t length() {
        std::size_t result = Name.size() + 4;
        for (const char each : Name.view()) result += each == '.' ? 2 : 0;
        return result;
    }
    constexpr quoted_name() {
        char* out = text;
        *out++ = '"';
        for (const char each : Name.view()) {
            if (each == '.') *out++ = '"';
            *out++ = each;
            if (each == '.') *out++ = '"';
        }
        *out++ = '"';
        *out++ = '[';
        *out++ = ']';
    }

    constexpr std::string_view scalar() const { return {text, length() - 2}; }
    constexpr std::string_view array() const { return {text, length()}; }

    char text[length()]{};
};

template <reflect::fixed_string Name>
inline constexpr quoted_name<Name> quoted{};

}  // namespace detail

}  // namespace sql

// Says that a C++ type is stored as a type of the database's own:
//     template <> struct orm::database_type<mood> : orm::named<"mood"> {};
// for an enum, whose labels are its enumerators, or for a struct with query/composite.hpp. "shop.mood" names
// the schema. A type without is stored as its codec says.
template <class T>
struct database_type;

template <reflect::fixed_string Name>
struct named {
    static_assert(sql::detail::quoted_name<Name>::valid(),
                  "asynchrormous: the name of a database's type is \"mood\" or \"schema.mood\", without "
                  "quotes and dollar signs");

    static constexpr sql::named_type spelling{sql::detail::quoted<Name>.scalar(),
                                              sql::detail::quoted<Name>.array()};

    // What a codec of the program's own says it is. `text`: its binary format is its text, as that of citext.
    static constexpr sql::type type{sql::type_kind::named, false, &spelling};
    static constexpr sql::type text{sql::type_kind::named_text, false, &spelling};
};

}  // namespace orm::inline v0
