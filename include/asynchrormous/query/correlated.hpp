// QuerySets that refer to a query around them carry what they need of it in the type of their row. They are
// checked and bound where they are used as sub-queries, and cannot be evaluated themselves.
#pragma once

#include <asynchrormous/query/parts.hpp>
#include <asynchrormous/query/rows.hpp>

#include <array>
#include <cstdint>

namespace orm::inline v0 {

// A field or annotation of the query around (Level 1: the next one), compared with a T inside.
template <reflect::fixed_string Path, class T, std::uint32_t Level>
struct needs_outer {};

// Rows of a QuerySet that needs an outer query; there are none.
template <class Row, class... Needs>
struct correlated {};

// What the error about evaluating one spells. False.
template <class Row>
struct queryset_needs_an_outer_query {
    static constexpr bool value = false;
};

namespace query_detail {

template <class Row>
struct row_inside {
    using type = Row;
};
template <class Row, class... Needs>
struct row_inside<correlated<Row, Needs...>> {
    using type = Row;
};

template <class Row, class... Needs>
struct row_kind<correlated<Row, Needs...>> {
    using entries = entries_of<Row>;
    using value = correlated<typename row_kind<Row>::value, Needs...>;
    template <class... Entries>
    using with = correlated<typename row_kind<Row>::template with<Entries...>, Needs...>;
};

// What the row of a QuerySet needs, and another row that needs the same.
template <class Row>
struct row_needs {
    using type = reflect::type_list<>;
    template <class Other>
    using same_for = Other;
};
template <class Row, class... Needs>
struct row_needs<correlated<Row, Needs...>> {
    using type = reflect::type_list<Needs...>;
    template <class Other>
    using same_for = correlated<Other, Needs...>;
};
template <class Row>
using row_needs_t = typename row_needs<Row>::type;

template <class Row>
constexpr bool check_needs_nothing() {
    constexpr bool alone = row_needs_t<Row>::size == 0;
    static_assert(
        alone || queryset_needs_an_outer_query<Row>::value,
        "asynchrormous: this QuerySet refers to a query around it by OuterRef: use it in Subquery, "
        "Exists, ArraySubquery or as the right side of a lookup; the template arguments are what it "
        "needs");
    return alone;
}

// The row of a QuerySet that was given these terms; outer_needs.hpp has those that refer outside.
template <bool Outside, class Row, class Scope, class... Terms>
struct row_given {
    using type = Row;
};
template <class Row, class Scope, class... Terms>
using row_given_t = typename row_given<(contains_outer<Terms> || ...), Row, Scope, Terms...>::type;

template <class Row, class... Needs>
struct row_layout<correlated<Row, Needs...>> {
    static constexpr std::array<column_check, 0> checks{};
    static constexpr std::array<int, 0> places{};
    static void fill(correlated<Row, Needs...>&, row_cursor&) {}
};

}  // namespace query_detail

}  // namespace orm::inline v0
