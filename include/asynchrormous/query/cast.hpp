// Expressions that give a value another type or form: Cast<T>, Collate<"C">, and that choose one: Coalesce,
// NullIf, Greatest, Least.
#pragma once

#include <asynchrormous/query/call.hpp>

#include <iterator>
#include <string_view>

namespace orm::inline v0 {

namespace query_detail {

// As sql::type_kind counts them; text where a value has none of its own.
inline constexpr std::string_view cast_names[] = {
    "text",
    "boolean",
    "smallint",
    "integer",
    "bigint",
    "real",
    "double precision",
    "text",
    "text",
    "text",
    "text",
    "bytea",
    "uuid",
    "date",
    "timestamp",
    "timestamptz",
    "json",
    "jsonb",
    "numeric",
    "text",
    "time",
    "timetz",
    "interval",
    "int4range",
    "int8range",
    "numrange",
    "tsrange",
    "tstzrange",
    "daterange",
    "int4multirange",
    "int8multirange",
    "nummultirange",
    "tsmultirange",
    "tstzmultirange",
    "datemultirange",
    "inet",
    "cidr",
    "macaddr",
    "macaddr8",
    "varbit",
    "varbit",
    "money",
    "xml",
    "tsvector",
    "tsquery",
    "point",
    "line",
    "lseg",
    "box",
    "path",
    "polygon",
    "circle",
    "hstore",
    "text",
    "text",
};
static_assert(std::size(cast_names) == static_cast<std::size_t>(sql::type_kind::named_text) + 1);

constexpr std::string_view cast_name(sql::type_kind kind) {
    return cast_names[static_cast<std::size_t>(kind)];
}

// Concatenates into the text of a call.
template <std::size_t N>
constexpr reflect::fixed_string<N> text_of_parts(std::string_view a, std::string_view b, std::string_view c) {
    reflect::fixed_string<N> made;
    std::size_t at = 0;
    for (const std::string_view part : {a, b, c})
        for (const char each : part) made.text[at++] = each;
    return made;
}

template <sql::type To>
constexpr auto make_cast_text() {
    constexpr std::string_view name = cast_name(To.kind), open = "({0})::", brackets = To.array ? "[]" : "";
    return text_of_parts<open.size() + name.size() + brackets.size()>(open, name, brackets);
}

// A collation is named in the program, never by data.
constexpr bool is_collation_name(std::string_view name) {
    for (const char c : name) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
        if (!letter && c != '_' && c != '-' && c != '.' && c != '@') return false;
    }
    return !name.empty();
}

template <reflect::fixed_string Name>
constexpr auto make_collate_text() {
    constexpr std::string_view open = "({0} COLLATE \"", close = "\")";
    return text_of_parts<open.size() + Name.size() + close.size()>(open, Name.view(), close);
}

// NULLIF: the first, or NULL where the two are equal.
struct null_if_equal : maybe_null<same_as_first> {
    template <reflect::fixed_string Text, class A, class B>
    static constexpr bool check() {
        return common_type::check<Text, A, B>();
    }
};

}  // namespace query_detail

// What PostgreSQL makes of the value as a T: Cast<std::string>(F<"pages">).
template <class T, class E>
constexpr auto Cast(E&& value) {
    constexpr auto text = query_detail::make_cast_text<postgres::codec<T>::type>();
    return query_detail::make_call<text, fixed<T>>(std::forward<E>(value));
}

// A text under another collation, for comparing and ordering.
template <reflect::fixed_string Name, class E>
constexpr auto Collate(E&& text) {
    static_assert(query_detail::is_collation_name(Name.view()),
                  "asynchrormous: the name of a collation is letters, digits and _ - . @");
    return query_detail::make_call<query_detail::make_collate_text<Name>(),
                                   taking<fixed<std::string>, any_text>>(std::forward<E>(text));
}

// The first that is not NULL.
template <class... E>
    requires(sizeof...(E) > 1)
constexpr auto Coalesce(E&&... values) {
    return query_detail::make_lenient_call<"COALESCE({*})", common_type>(std::forward<E>(values)...);
}

// NULLs are left out, as PostgreSQL does.
template <class... E>
    requires(sizeof...(E) > 1)
constexpr auto Greatest(E&&... values) {
    return query_detail::make_lenient_call<"GREATEST({*})", common_type>(std::forward<E>(values)...);
}
template <class... E>
    requires(sizeof...(E) > 1)
constexpr auto Least(E&&... values) {
    return query_detail::make_lenient_call<"LEAST({*})", common_type>(std::forward<E>(values)...);
}

// NULL where the two are equal, else the first.
template <class A, class B>
constexpr auto NullIf(A&& value, B&& null) {
    return query_detail::make_lenient_call<"NULLIF({0}, {1})", query_detail::null_if_equal>(
        std::forward<A>(value), std::forward<B>(null));
}

}  // namespace orm::inline v0
