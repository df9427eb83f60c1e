// The terms of update() and of what else sets columns: a value for a column, or an expression of the same
// row, checked against the model.
#pragma once

#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/query/parts.hpp>
#include <asynchrormous/query/q.hpp>
#include <asynchrormous/query/related_column.hpp>
#include <asynchrormous/sql/render.hpp>

namespace orm::inline v0::query_detail {

// Throws: query_error for an integer out of the column's range, for NULL in a column without NULLs, and for
// a foreign key to an object that was not saved.
ORM_EXPORT sql::expression_ptr assigned_value(const sql::table& of, const sql::column& column,
                                              lookup_value value);

// What the error about a column that the database generates spells. False.
template <class M, reflect::fixed_string Name>
struct generated_column {
    static constexpr bool value = false;
};

// What the error about a column of another model spells. False.
template <class M, reflect::fixed_string Name>
struct column_of_related_model {
    static constexpr bool value = false;
};

// What the error about an expression of another type spells. False.
template <class M, reflect::fixed_string Name, class Expression, class Column>
struct expression_does_not_fit {
    static constexpr bool value = false;
};

template <class M, reflect::fixed_string Name>
struct window_in_update {
    static constexpr bool value = false;
};
template <class M, reflect::fixed_string Name, reflect::fixed_string Path>
struct related_column_in_update {
    static constexpr bool value = false;
};

template <class M, class Scope, reflect::fixed_string Name, class V>
constexpr bool check_own_columns() {
    constexpr std::string_view related = related_column<Scope, V>::find();
    constexpr reflect::fixed_string<related.size()> path{related};
    static_assert(
        related.empty() || related_column_in_update<M, Name, path>::value,
        "asynchrormous: update() reads columns of the same row only, and this path leads to another "
        "one; read it by a Subquery. The template arguments are model, column and path");
    return related.empty();
}

// PostgreSQL converts between numbers when it assigns; NULL is for the database to refuse.
template <class M, class Scope, reflect::fixed_string Name, class Column, class V>
constexpr bool check_assigned_expression() {
    if constexpr (!result_of<Scope, V>::valid) {
        return false;
    } else {
        using given = without_optional<typename result_of<Scope, V>::type>;
        static_assert(!contains_window<V> || window_in_update<M, Name>::value,
                      "asynchrormous: PostgreSQL has no windows in UPDATE: put it into a Subquery, annotated "
                      "and filtered by the key");
        static_assert(comparable<Column, given> || expression_does_not_fit<M, Name, given, Column>::value,
                      "asynchrormous: this expression does not fit the column; the template arguments are "
                      "model, column, "
                      "the expression's type and the column's type: Cast<T>(…) makes one of the other");
        return check_own_columns<M, Scope, Name, V>() && comparable<Column, given> && !contains_window<V>;
    }
}

template <class M, class Scope, reflect::fixed_string Name, class V>
constexpr bool check_assignment() {
    using target = field_of<M, Name>;
    if constexpr (!target::valid) {
        return false;
    } else if constexpr (!target::path.hops.empty()) {
        static_assert(
            column_of_related_model<M, Name>::value,
            "asynchrormous: update() sets columns of the model itself; to change related rows, update() a "
            "QuerySet of their model");
        return false;
    } else if constexpr (!target::path.target->generated.empty()) {
        static_assert(generated_column<M, Name>::value,
                      "asynchrormous: the database generates this column from others; set those");
        return false;
    } else if constexpr (expression<V>) {
        return check_assigned_expression<M, Scope, Name, bare_t<typename target::type>, V>();
    } else {
        return check_value<M, Name, V>();
    }
}

// One term of update(): a value for the column, or an expression of the same row.
template <class M, class Scope, reflect::fixed_string Name, class V>
sql::assignment assignment_of(const keyword<Name, V>& term) {
    using target = field_of<M, Name>;
    if constexpr (check_assignment<M, Scope, Name, V>()) {
        const sql::column& column = *target::path.target;
        if constexpr (expression<V>) {
            return {&column, term.value.template bind<Scope>()};
        } else {
            using type = bare_t<typename target::type>;
            return {&column,
                    assigned_value(table_of<M>(), column, scalar_value<type>(column.type, term.value))};
        }
    } else {
        return {};
    }
}

}  // namespace orm::inline v0::query_detail
