// QuerySets inside of other queries:
//     Subquery(Book::objects.filter("author"_k = OuterRef<"id">).order_by<"-pages">().values_list<"title">())
//     Exists(…), !Exists(…), ArraySubquery(…), "author__in"_k = Author::objects.filter(…), "pages__gt"_k = …
// Subquery is the first row in the QuerySet's order, NULL where there is none, and so is a QuerySet in any
// lookup but `in`. One column: values_list<"title">(); rows of a model stand for their keys. What OuterRef
// means is checked against the query around it, here.
#pragma once

#include <asynchrormous/query/outer_needs.hpp>
#include <asynchrormous/query/queryset.hpp>

#include <cstdint>
#include <optional>
#include <tuple>
#include <type_traits>
#include <utility>
#include <vector>

namespace orm::inline v0 {

// What the errors spell. All are false.
template <class Row>
struct subquery_of_several_columns {
    static constexpr bool value = false;
};
template <class T>
struct not_a_queryset {
    static constexpr bool value = false;
};
template <class Scope, reflect::fixed_string Path, class Outer, class Inner>
struct outer_reference_does_not_compare {
    static constexpr bool value = false;
};
template <class Column, class Rows>
struct rows_do_not_compare {
    static constexpr bool value = false;
};

namespace query_detail {

// The columns of a row, as a list of types; those of a model's rows are their key.
template <class M, class Row>
struct row_columns {
    using type = reflect::type_list<Row>;
};
template <class M>
struct row_columns<M, M> {
    using type = reflect::type_list<typename field_target<value_of<M, "pk">>::type>;
};
template <class M, class... Annotations>
struct row_columns<M, row<M, Annotations...>> : row_columns<M, M> {};
template <class M, class... T>
struct row_columns<M, std::tuple<T...>> {
    using type = reflect::type_list<T...>;
};
template <class M, reflect::fixed_string... Names, class... T>
struct row_columns<M, named_row<annotation<Names, T>...>> {
    using type = reflect::type_list<T...>;
};

template <class Columns>
struct only_column {
    static constexpr bool valid = false;
};
template <class T>
struct only_column<reflect::type_list<T>> {
    static constexpr bool valid = true;
    using type = T;
};
// What a struct of the user's was filled from.
template <class Row>
struct rows_before {
    using type = Row;
};
template <class Struct, class Rows>
struct rows_before<structs_of<Struct, Rows>> : rows_before<Rows> {};

template <class M, class Row>
using column_of_row = only_column<
    typename row_columns<M, row_value_t<typename rows_before<typename row_inside<Row>::type>::type>>::type>;

template <class M, class Row>
constexpr bool check_one_column() {
    using column = column_of_row<M, Row>;
    static_assert(column::valid || subquery_of_several_columns<Row>::value,
                  "asynchrormous: a sub-query has one column: choose it with values_list<\"name\">(); the "
                  "template argument is the row it has");
    if constexpr (column::valid)
        return !is_wrong<typename column::type>;
    else
        return false;
}

// One static_assert where what a sub-query needs is not in the scope of the query around it.
template <class Scope, class Need>
struct outer_need;
template <class Scope, reflect::fixed_string Path, class T, std::uint32_t Level>
struct outer_need<Scope, needs_outer<Path, T, Level>> {
    static constexpr auto path = Path;

    static constexpr bool check() {
        if constexpr (Level > 1) {
            return true;
        } else if constexpr (!target_in<Scope, Path>::valid) {
            return false;
        } else {
            using found = without_optional<typename target_in<Scope, Path>::type>;
            static_assert(
                comparable<found, T> || outer_reference_does_not_compare<Scope, Path, found, T>::value,
                "asynchrormous: this OuterRef does not compare with what it is compared with in the "
                "sub-query; the template arguments are the outer query's model, the path, its type "
                "and the type that the sub-query needs");
            return comparable<found, T>;
        }
    }
    static sql::outer_binding bind() {
        if constexpr (Level > 1)
            return {path.view(), Level, sql::outer(path.view(), Level - 1, sql_type_of<T>)};
        else
            return {path.view(), Level, target_in<Scope, Path>::reference()};
    }
};

template <class Scope, class... Needs>
constexpr bool check_needs(reflect::type_list<Needs...>) {
    return (outer_need<Scope, Needs>::check() && ...);
}
template <class Scope, class... Needs>
std::vector<sql::outer_binding> bind_needs(reflect::type_list<Needs...>) {
    return {outer_need<Scope, Needs>::bind()...};
}

// What it is worth, from the type of its column.
template <sql::subquery_kind Kind, class M, class Row>
struct subquery_type {
    using type = nullable_t<typename column_of_row<M, Row>::type, true>;
};
template <class M, class Row>
struct subquery_type<sql::subquery_kind::exists, M, Row> {
    using type = bool;
};
template <class M, class Row>
struct subquery_type<sql::subquery_kind::array, M, Row> {
    using type = std::vector<typename column_of_row<M, Row>::type>;
};

}  // namespace query_detail

template <sql::subquery_kind Kind, class M, class Row>
struct subquery_expression : expression_methods<subquery_expression<Kind, M, Row>> {
    sql::query rows;

    explicit subquery_expression(sql::query of) : rows(std::move(of)) {}

    template <class Scope>
    static constexpr bool valid_in() {
        if constexpr (Kind != sql::subquery_kind::exists)
            if constexpr (!query_detail::check_one_column<M, Row>()) return false;
        return query_detail::check_needs<Scope>(query_detail::row_needs_t<Row>());
    }
    template <class Scope>
    using type_in = typename query_detail::subquery_type<Kind, M, Row>::type;

    template <class Scope>
    sql::expression_ptr bind() const {
        return sql::subquery(Kind, rows, query_detail::bind_needs<Scope>(query_detail::row_needs_t<Row>()),
                             query_detail::sql_type_of<type_in<Scope>>);
    }
};

namespace query_detail {

template <sql::subquery_kind Kind, class M, class Row, class Evaluation>
subquery_expression<Kind, M, Row> make_subquery(const basic_queryset<M, Row, Evaluation>& rows) {
    if constexpr (Kind == sql::subquery_kind::scalar)
        return subquery_expression<Kind, M, Row>(rows.query().slice(0, 1));
    else
        return subquery_expression<Kind, M, Row>(rows.query());
}
template <sql::subquery_kind Kind, class Rows>
auto make_subquery(const Rows& rows) {
    if constexpr (requires { rows.all().query(); })
        return make_subquery<Kind>(rows.all());
    else
        static_assert(not_a_queryset<Rows>::value, "asynchrormous: a sub-query is made of a QuerySet");
}

}  // namespace query_detail

// The value of the first row; NULL where there is none.
template <class Rows>
auto Subquery(const Rows& rows) {
    return query_detail::make_subquery<sql::subquery_kind::scalar>(rows);
}
// Whether there is a row.
template <class Rows>
auto Exists(const Rows& rows) {
    return query_detail::make_subquery<sql::subquery_kind::exists>(rows);
}
// The values of all rows in their order, as an array; empty where there are none.
template <class Rows>
auto ArraySubquery(const Rows& rows) {
    return query_detail::make_subquery<sql::subquery_kind::array>(rows);
}

}  // namespace orm::inline v0

#include <asynchrormous/query/subquery_lookup.hpp>
