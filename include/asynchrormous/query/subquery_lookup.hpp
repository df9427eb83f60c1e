// QuerySets on the right of lookups: "author__in"_k = Author::objects.filter(…), F<"pages"> > rows. Behind
// `in` all rows are meant, elsewhere the first one, as by Subquery.
#pragma once

#include <asynchrormous/query/subquery.hpp>

#include <type_traits>
#include <utility>
#include <vector>

namespace orm::inline v0 {

namespace query_detail {

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
    using target = lookup_in_t<Scope, Name>;
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
            return lookup_expression(target::field(), target::chain,
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
    using target = lookup_in_t<Scope, Name>;
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
