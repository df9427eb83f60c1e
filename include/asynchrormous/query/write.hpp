// How rows are written: which columns an INSERT names, their encoded values, and what the database gives
// back. A column that the database fills itself (the identity key, a column with db_default) is left to it
// as long as the member still has its initial value.
#pragma once

#include <asynchrormous/model/foreign_key.hpp>
#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/parts.hpp>
#include <asynchrormous/query/q.hpp>
#include <asynchrormous/query/rows.hpp>
#include <asynchrormous/sql/render.hpp>

#include <optional>
#include <vector>

namespace orm::inline v0::query_detail {

template <class T>
struct column_writer {
    static sql::parameter write(sql::type type, const T& value) {
        sql::parameter out{type, std::string()};
        postgres::codec<T>::encode(value, *out.bytes);
        return out;
    }
};
template <model_detail::any_foreign_key T>
struct column_writer<T> {
    static sql::parameter write(sql::type type, const T& value) {
        return column_writer<typename T::key_type>::write(type, value.key());
    }
};
template <class T>
struct column_writer<std::optional<T>> {
    static sql::parameter write(sql::type type, const std::optional<T>& value) {
        return value ? column_writer<T>::write(type, *value) : sql::parameter{type, std::nullopt};
    }
};

// One row, taken apart for an INSERT.
struct row_image {
    std::vector<const sql::column*> columns{};
    std::vector<sql::parameter> values{};
    std::vector<const sql::column*> returning{};  // left to the database
    bool has_key = false;                         // the primary key is among the values
};

constexpr bool filled_by_database(const sql::column& column) {
    return column.identity || !column.db_default.empty();
}

template <class T>
void add_column(row_image& image, const sql::column& column, const T& value, const T& initial) {
    if constexpr (requires { value == initial; }) {
        if (filled_by_database(column) && value == initial) {
            image.returning.push_back(&column);
            return;
        }
    }
    image.columns.push_back(&column);
    image.values.push_back(column_writer<T>::write(column.type, value));
    image.has_key = image.has_key || column.primary_key;
}

// An identity key is never 0: that is the key of an object that was not saved, or a reference nobody set.
// Throws: query_error for such a value of a foreign key.
ORM_EXPORT void refuse_unset_key(const sql::table& of, const sql::column& column,
                                 const sql::parameter& value);
ORM_EXPORT void refuse_unset_keys(const sql::table& of, const row_image& image);

template <model M>
row_image image_of(const M& row) {
    row_image image;
    const std::span<const sql::column> columns = table_of<M>().columns;
    image.columns.reserve(columns.size());
    image.values.reserve(columns.size());
    const M initial{};
    with_columns(row, [&](const auto&... values) {
        with_columns(initial, [&](const auto&... initials) {
            std::size_t c = 0;
            (add_column(image, columns[c++], values, initials), ...);
        });
    });
    refuse_unset_keys(table_of<M>(), image);
    return image;
}

// The row that was written, with what the database filled in.
template <model M>
struct written_row {
    M row;
    std::vector<const sql::column*> returning;

    M operator()(const postgres::result_view& result, const sql::statement&) {
        note_owners(row);
        if (returning.empty()) return std::move(row);
        const std::span<const sql::column> columns = table_of<M>().columns;
        with_columns(row, [&](auto&... members) {
            std::size_t c = 0;
            (take(result, columns[c++], members), ...);
        });
        return std::move(row);
    }

private:
    template <class T>
    void take(const postgres::result_view& result, const sql::column& column, T& member) const {
        for (std::size_t i = 0; i < returning.size(); ++i) {
            if (returning[i] != &column) continue;
            const int at = static_cast<int>(i);
            column_reader<T>::read(member, result.at(0, at), result.type_oid(at));
        }
    }
};

// Throws: query_error for an integer out of the column's range, for NULL in a column without NULLs, and for
// a foreign key to an object that was not saved.
ORM_EXPORT sql::expression_ptr assigned_value(const sql::table& of, const sql::column& column,
                                              lookup_value value);

template <model M>
sql::statement insert_statement(row_image& image) {
    return {sql::render_insert(table_of<M>(), image.columns, 1, image.returning), std::move(image.values)};
}

template <model M>
sql::statement upsert_statement(row_image& image) {
    return {sql::render_upsert(table_of<M>(), image.columns, image.returning), std::move(image.values)};
}

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
        return comparable<Column, given> && !contains_window<V>;
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
