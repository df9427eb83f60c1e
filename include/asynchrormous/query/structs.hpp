// Rows in a struct of the user's: to<Report>(). Its members are named like columns of the rows, in any order,
// and typed like them; columns that no member is named like are left out.
#pragma once

#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/query/lookup_value.hpp>
#include <asynchrormous/query/row.hpp>
#include <asynchrormous/query/rows.hpp>
#include <asynchrormous/reflect/members.hpp>

#include <array>
#include <string_view>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Struct, reflect::fixed_string Member, class Rows>
struct member_without_column {
    static constexpr bool value = false;
};
template <class Struct, reflect::fixed_string Member, class MemberType, class ColumnType>
struct member_of_another_type {
    static constexpr bool value = false;
};
template <class Struct>
struct not_a_flat_struct {
    static constexpr bool value = false;
};

namespace query_detail {

// The columns of rows of this kind in the order of the result: names, and C++ types.
template <class Visible>
struct named_columns;
template <reflect::fixed_string... Names, class... T>
struct named_columns<entry_list<annotation<Names, T>...>> {
    using types = reflect::type_list<T...>;
    static constexpr std::array<std::string_view, sizeof...(T)> names() { return {Names.view()...}; }
};

template <class Entries>
struct columns_of_entries;
template <class... Entries>
struct columns_of_entries<entry_list<Entries...>> : named_columns<visible_t<Entries...>> {};

template <class Row>
struct columns_in : columns_of_entries<entries_of<Row>> {};

template <class M, class Entries>
struct columns_with_model;
template <class M, class... Entries>
struct columns_with_model<M, entry_list<Entries...>> {
    using added = named_columns<visible_t<Entries...>>;
    using types = typename model_detail::joined<model_detail::column_types<M>, typename added::types>::type;
    static constexpr auto names() {
        std::array<std::string_view, types::size> all{};
        std::size_t at = 0;
        for (const sql::column& own : model_detail::unchecked_table<M>.columns) all[at++] = own.field;
        for (const std::string_view name : added::names()) all[at++] = name;
        return all;
    }
};
template <model M>
struct columns_in<M> : columns_with_model<M, entry_list<>> {};
template <class M, class... Entries>
struct columns_in<annotated<M, Entries...>> : columns_with_model<M, entry_list<Entries...>> {};

inline constexpr std::size_t no_column = static_cast<std::size_t>(-1);

template <class Row>
constexpr std::size_t column_named(std::string_view name) {
    constexpr auto names = columns_in<Row>::names();
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return i;
    return no_column;
}

template <class Struct, class Row, std::size_t I>
constexpr bool check_member() {
    constexpr std::string_view text = reflect::member_names<Struct>.at[I];
    constexpr reflect::fixed_string<text.size()> name(text);
    constexpr std::size_t at = column_named<Row>(text);
    static_assert(at != no_column || member_without_column<Struct, name, row_value_t<Row>>::value,
                  "asynchrormous: to<…>() found no column for this member; name it like a column of the "
                  "rows; the template arguments are the struct, the member and the rows");
    if constexpr (at == no_column) {
        return false;
    } else {
        using member = reflect::type_at<I, reflect::member_types<Struct>>;
        using column = reflect::type_at<at, typename columns_in<Row>::types>;
        constexpr bool same = std::is_same_v<bare_t<member>, bare_t<column>> &&
                              model_detail::is_optional<member> == model_detail::is_optional<column>;
        static_assert(same || member_of_another_type<Struct, name, member, column>::value,
                      "asynchrormous: this member has another type than the column; the template arguments "
                      "are the struct, the member, its type and the column's");
        return same;
    }
}

template <class Struct, class Row, std::size_t... I>
constexpr bool check_members(std::index_sequence<I...>) {
    return (check_member<Struct, Row, I>() && ...);
}

// One static_assert when the struct cannot take the rows.
template <class Struct, class Row>
constexpr bool check_struct() {
    if constexpr (!std::is_aggregate_v<Struct>) {
        static_assert(not_a_flat_struct<Struct>::value,
                      "asynchrormous: to<…>() fills plain structs: no constructors, no private members");
        return false;
    } else {
        return check_members<Struct, Row>(std::make_index_sequence<reflect::member_types<Struct>::size>());
    }
}

template <class Struct, class Row>
struct layout_of<structs_of<Struct, Row>> {
    static constexpr std::size_t size = reflect::member_types<Struct>::size;

    static constexpr auto checks = []<std::size_t... I>(std::index_sequence<I...>) {
        return std::array{check_of<reflect::type_at<I, reflect::member_types<Struct>>>()...};
    }(std::make_index_sequence<size>());
    static constexpr auto places = [] {
        std::array<int, size> all{};
        for (std::size_t i = 0; i < size; ++i)
            all[i] = static_cast<int>(column_named<Row>(reflect::member_names<Struct>.at[i]));
        return all;
    }();
    static void fill(Struct& row, row_cursor& from) {
        reflect::with_members(row, [&from](auto&... members) { (from.next(members), ...); });
    }
};

}  // namespace query_detail
}  // namespace orm::inline v0
