// What the rows of a QuerySet are. Row in queryset<M, Row> is the model itself, or a list of entries:
//     annotated<Author, annotation<"n", std::int64_t>>    rows of the model with their annotations
//     values_of<selected_field<"title", std::string>>             named rows
//     tuples_of<selected_field<"title", std::string>>             tuples, or the value itself when there is
//     one
// Entries that are no part of the rows go along: names that later clauses may use.
#pragma once

#include <asynchrormous/model/columns.hpp>
#include <asynchrormous/query/named_row.hpp>

#include <cstddef>
#include <tuple>
#include <type_traits>

namespace orm::inline v0 {

// A row of a model with annotations: row.title, row["n"_k], auto& [author, n] = row.
template <class M, class... Annotations>
struct row : M, Annotations... {
    using model = M;

    template <reflect::fixed_string Name>
    const auto& operator[](key<Name>) const {
        return named_row<Annotations...>::template column_of<Name>(*this);
    }

    friend bool operator==(const row& a, const row& b)
        requires requires(const M& m) { m == m; }
    {
        return static_cast<const M&>(a) == static_cast<const M&>(b) &&
               ((static_cast<const Annotations&>(a).value == static_cast<const Annotations&>(b).value) &&
                ...);
    }
};

template <std::size_t I, class M, class... Annotations>
const auto& get(const row<M, Annotations...>& of) {
    if constexpr (I == 0)
        return static_cast<const M&>(of);
    else
        return static_cast<const std::tuple_element_t<I - 1, std::tuple<Annotations...>>&>(of).value;
}

// Entries beside annotation<Name, T>. A selected field of the model:
template <reflect::fixed_string Name, class T>
struct selected_field {};
// A name of alias(), or of an annotation that values() left out:
template <reflect::fixed_string Name, class T>
struct hidden {};

// A relation under a name of the query's (FilteredRelation): names that begin with Prefix are reached as
// Through, over Path.
template <reflect::fixed_string Prefix, reflect::fixed_string Path, reflect::fixed_string Through = Prefix>
struct relation_name {};

template <class M, class... Entries>
struct annotated {};
template <class... Entries>
struct values_of {};
template <class... Entries>
struct tuples_of {};
// Rows that are read into a struct of the user's, from what Rows has.
template <class Struct, class Rows>
struct structs_of {};

namespace query_detail {

template <class... Entries>
struct entry_list {
    static constexpr std::size_t size = sizeof...(Entries);
};

template <class... Lists>
struct joined_entries;
template <class... A>
struct joined_entries<entry_list<A...>> {
    using type = entry_list<A...>;
};
template <class... A, class... B, class... Rest>
struct joined_entries<entry_list<A...>, entry_list<B...>, Rest...>
    : joined_entries<entry_list<A..., B...>, Rest...> {};

// What an entry is in the rows, and what it names in expressions: an annotation<…>, or nothing.
template <class Entry>
struct entry_traits {
    using in_rows = entry_list<>;
    using in_scope = entry_list<>;
};
template <reflect::fixed_string Name, class T>
struct entry_traits<annotation<Name, T>> {
    using in_rows = entry_list<annotation<Name, T>>;
    using in_scope = entry_list<annotation<Name, T>>;
};
template <reflect::fixed_string Name, class T>
struct entry_traits<selected_field<Name, T>> {
    using in_rows = entry_list<annotation<Name, T>>;
    using in_scope = entry_list<>;
};
template <reflect::fixed_string Name, class T>
struct entry_traits<hidden<Name, T>> {
    using in_rows = entry_list<>;
    using in_scope = entry_list<annotation<Name, T>>;
};

template <reflect::fixed_string Prefix, reflect::fixed_string Path, reflect::fixed_string Through>
struct entry_traits<relation_name<Prefix, Path, Through>> {
    using in_rows = entry_list<>;
    using in_scope = entry_list<relation_name<Prefix, Path, Through>>;
};

template <class... Entries>
using visible_t = typename joined_entries<entry_list<>, typename entry_traits<Entries>::in_rows...>::type;
template <class... Entries>
using named_t = typename joined_entries<entry_list<>, typename entry_traits<Entries>::in_scope...>::type;

// The kinds of rows: their entries, the rows themselves, and the same kind with other entries.
template <class Row>
struct row_kind {
    using entries = entry_list<>;
    using value = Row;
    template <class... Entries>
    using with = std::conditional_t<sizeof...(Entries) == 0, Row, annotated<Row, Entries...>>;
};

template <class M, class Visible>
struct annotated_value;
template <class M>
struct annotated_value<M, entry_list<>> {
    using type = M;
};
template <class M, class First, class... Annotations>
struct annotated_value<M, entry_list<First, Annotations...>> {
    using type = row<M, First, Annotations...>;
};

template <class M, class... Entries>
struct row_kind<annotated<M, Entries...>> {
    using entries = entry_list<Entries...>;
    using value = typename annotated_value<M, visible_t<Entries...>>::type;
    template <class... Others>
    using with = annotated<M, Others...>;
};

template <class Visible>
struct named_value;
template <class... Annotations>
struct named_value<entry_list<Annotations...>> {
    using type = named_row<Annotations...>;
};
template <class... Entries>
struct row_kind<values_of<Entries...>> {
    using entries = entry_list<Entries...>;
    using value = typename named_value<visible_t<Entries...>>::type;
    template <class... Others>
    using with = values_of<Others...>;
};

template <class Visible>
struct tuple_value;
template <reflect::fixed_string... Names, class... T>
struct tuple_value<entry_list<annotation<Names, T>...>> {
    using type = std::tuple<T...>;
};
template <reflect::fixed_string Name, class T>
struct tuple_value<entry_list<annotation<Name, T>>> {
    using type = T;
};
template <class... Entries>
struct row_kind<tuples_of<Entries...>> {
    using entries = entry_list<Entries...>;
    using value = typename tuple_value<visible_t<Entries...>>::type;
    template <class... Others>
    using with = tuples_of<Others...>;
};

template <class Struct, class Rows>
struct row_kind<structs_of<Struct, Rows>> : row_kind<Rows> {
    using value = Struct;
    template <class... Others>
    using with = structs_of<Struct, typename row_kind<Rows>::template with<Others...>>;
};

template <class Row>
using entries_of = typename row_kind<Row>::entries;

template <class Row, class Entries, class... More>
struct extended_row;
template <class Row, class... Entries, class... More>
struct extended_row<Row, entry_list<Entries...>, More...> {
    using type = typename row_kind<Row>::template with<Entries..., More...>;
};
// The same rows with more entries.
template <class Row, class... More>
using extended = typename extended_row<Row, entries_of<Row>, More...>::type;

}  // namespace query_detail

// What iterating a QuerySet of these rows gives.
template <class Row>
using row_value_t = typename query_detail::row_kind<Row>::value;

}  // namespace orm::inline v0

template <class M, class... Annotations>
struct std::tuple_size<orm::row<M, Annotations...>>
    : std::integral_constant<std::size_t, sizeof...(Annotations) + 1> {};
template <class M, class... Annotations>
struct std::tuple_element<0, orm::row<M, Annotations...>> {
    using type = const M;
};
template <std::size_t I, class M, class... Annotations>
    requires(I > 0)
struct std::tuple_element<I, orm::row<M, Annotations...>> {
    using type = const decltype(std::tuple_element_t<I - 1, std::tuple<Annotations...>>::value);
};
