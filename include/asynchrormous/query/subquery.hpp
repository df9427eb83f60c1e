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
    constexpr bool one = column_of_row<M, Row>::valid;
    static_assert(one || subquery_of_several_columns<Row>::value,
                  "asynchrormous: a sub-query has one column: choose it with values_list<\"name\">(); the "
                  "template argument is the row it has");
    return one;
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

namespace query_detail {

template <class T>
inline constexpr bool is_queryset = false;
template <class M, class Row, class Evaluation>
inline constexpr bool is_queryset<basic_queryset<M, Row, Evaluation>> = true;

// A relation is `in` rows of its own model only.
template <class Target, class M, class Row>
constexpr bool leads_elsewhere() {
    using referenced = model_detail::target_model<typename Target::type>;
    return std::is_base_of_v<M, row_value_t<typename row_inside<Row>::type>> && Target::chain.size == 0 &&
           !std::is_same_v<referenced, model_detail::no_model> && !std::is_same_v<referenced, M>;
}

template <class Scope, class L, class M, class Row>
constexpr bool check_rows() {
    if constexpr (!check_one_column<M, Row>()) {
        return false;
    } else if constexpr (!check_needs<Scope>(row_needs_t<Row>())) {
        return false;
    } else {
        using given = without_optional<typename column_of_row<M, Row>::type>;
        static_assert(
            comparable<L, given> || rows_do_not_compare<L, given>::value,
            "asynchrormous: the rows of this sub-query do not compare with what is looked up in them; "
            "the template arguments are the two types: Cast<T>(…) makes one of the other");
        return comparable<L, given>;
    }
}

// The order of what is looked up in does not matter but where it chooses rows.
ORM_EXPORT sql::query rows_to_look_up(const sql::query& rows);

template <class M, class Row, class Evaluation>
sql::expression_ptr bind_rows(const basic_queryset<M, Row, Evaluation>& rows,
                              std::vector<sql::outer_binding> outer) {
    return sql::subquery(sql::subquery_kind::scalar, rows_to_look_up(rows.query()), std::move(outer),
                         sql_type_of<typename column_of_row<M, Row>::type>);
}

// "author__in"_k = Author::objects.filter(…)
template <class Scope, reflect::fixed_string Name, class M, class Row, class Evaluation>
struct lookup_in_rows {
    using target = lookup_of<model_of<Scope>, Name>;
    using rows = basic_queryset<M, Row, Evaluation>;

    static constexpr bool check() {
        constexpr bool elsewhere = leads_elsewhere<target, M, Row>();
        static_assert(
            !elsewhere || rows_do_not_compare<typename target::type, M>::value,
            "asynchrormous: this relation leads to another model than the rows of the sub-query; the "
            "template arguments are the relation and the sub-query's model");
        if constexpr (elsewhere)
            return false;
        else
            return check_rows<Scope, compared_t<target>, M, Row>();
    }
    static constexpr bool valid = check();
    static constexpr bool nullable = true;

    static sql::expression_ptr bind(const keyword<Name, rows>& term) {
        if constexpr (valid)
            return lookup_expression(sql::field(target::path), target::chain,
                                     bind_rows(term.value, bind_needs<Scope>(row_needs_t<Row>())));
        else
            return nullptr;
    }
};

// "pages__gt"_k = Book::objects.values_list<"pages">()
template <class Scope, reflect::fixed_string Name, class M, class Row, class Evaluation>
struct lookup_of_first_row {
    using first = subquery_expression<sql::subquery_kind::scalar, M, Row>;
    using meant = model_lookup<Scope, Name, first>;
    static constexpr bool valid = meant::valid;
    static constexpr bool nullable = true;

    static sql::expression_ptr bind(const keyword<Name, basic_queryset<M, Row, Evaluation>>& term) {
        return meant::bind(keyword<Name, first>{make_subquery<sql::subquery_kind::scalar>(term.value)});
    }
};

template <class Scope, reflect::fixed_string Name>
constexpr bool is_in_lookup() {
    using target = lookup_of<model_of<Scope>, Name>;
    if constexpr (target::valid)
        return target::right == operand::list;
    else
        return false;
}

template <class Scope, reflect::fixed_string Name, class M, class Row, class Evaluation>
struct model_lookup<Scope, Name, basic_queryset<M, Row, Evaluation>>
    : std::conditional_t<is_in_lookup<Scope, Name>(), lookup_in_rows<Scope, Name, M, Row, Evaluation>,
                         lookup_of_first_row<Scope, Name, M, Row, Evaluation>> {};

// "n__in"_k = rows, n being an annotation
template <class Scope, class Left, const model_detail::lookup_chain& Chain, class M, class Row,
          class Evaluation>
struct chain_comparison<Scope, Left, Chain, basic_queryset<M, Row, Evaluation>> {
    using rows = basic_queryset<M, Row, Evaluation>;
    using first = subquery_expression<sql::subquery_kind::scalar, M, Row>;
    using left = without_optional<typename result_of<Scope, Left>::type>;
    using compared = typename decltype(model_detail::type_after<left, Chain>())::type;
    static constexpr bool in_rows = Chain.lookup->right == operand::list;

    static constexpr bool check() {
        if constexpr (in_rows)
            return check_rows<Scope, compared, M, Row>();
        else
            return chain_comparison<Scope, Left, Chain, first>::valid;
    }
    static constexpr bool valid = check();
    static constexpr bool nullable = true;

    static sql::expression_ptr bind(const Left& of, const rows& value) {
        if constexpr (!valid)
            return nullptr;
        else if constexpr (in_rows)
            return lookup_expression(of.template bind<Scope>(), Chain,
                                     bind_rows(value, bind_needs<Scope>(row_needs_t<Row>())));
        else
            return chain_comparison<Scope, Left, Chain, first>::bind(
                of, make_subquery<sql::subquery_kind::scalar>(value));
    }
};

// F<"pages">.in_list(rows), F<"pages"> > rows
template <class Scope, class Left, sql::lookup_kind Lookup, class M, class Row, class Evaluation>
struct comparison_with_rows {
    using rows = basic_queryset<M, Row, Evaluation>;
    using first = subquery_expression<sql::subquery_kind::scalar, M, Row>;

    static constexpr bool check() {
        if constexpr (Lookup != sql::lookup_kind::in)
            return comparison_in<Scope, Left, Lookup, first>::valid;
        else if constexpr (!result_of<Scope, Left>::valid)
            return false;
        else
            return check_rows<Scope, without_optional<typename result_of<Scope, Left>::type>, M, Row>();
    }
    static constexpr bool valid = check();
    static constexpr bool nullable = true;

    static sql::expression_ptr bind(const comparison<Left, Lookup, rows>& term) {
        if constexpr (!valid)
            return nullptr;
        else if constexpr (Lookup == sql::lookup_kind::in)
            return sql::compare(Lookup, term.left.template bind<Scope>(),
                                bind_rows(term.value, bind_needs<Scope>(row_needs_t<Row>())));
        else
            return comparison_in<Scope, Left, Lookup, first>::bind(comparison<Left, Lookup, first>{
                term.left, make_subquery<sql::subquery_kind::scalar>(term.value)});
    }
};
template <class Scope, class Left, sql::lookup_kind Lookup, class M, class Row, class Evaluation>
struct comparison_in<Scope, Left, Lookup, basic_queryset<M, Row, Evaluation>>
    : comparison_with_rows<Scope, Left, Lookup, M, Row, Evaluation> {};
// The same, more special than that of a field with a plain value.
template <class Scope, step... Steps, sql::lookup_kind Lookup, class M, class Row, class Evaluation>
struct comparison_in<Scope, field_reference<Steps...>, Lookup, basic_queryset<M, Row, Evaluation>>
    : comparison_with_rows<Scope, field_reference<Steps...>, Lookup, M, Row, Evaluation> {};

}  // namespace query_detail

}  // namespace orm::inline v0
