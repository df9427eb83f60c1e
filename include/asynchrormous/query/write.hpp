// How rows are written: which columns an INSERT names, their encoded values, and what the database gives
// back. A column that the database fills itself (the identity key, a column with db_default) is left to it
// as long as the member still has its initial value; what it generates is never written.
#pragma once

#include <asynchrormous/model/foreign_key.hpp>
#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/query/errors.hpp>
#include <asynchrormous/query/lookup_value.hpp>
#include <asynchrormous/query/rows.hpp>
#include <asynchrormous/sql/render.hpp>

#include <cstdint>
#include <optional>
#include <utility>
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
    sql::parameter_list values{};
    std::vector<const sql::column*> returning{};  // what the database fills in
    // Of these, the columns that have a value in a row that is there already, and what the row has for them.
    std::vector<const sql::column*> left{};
    sql::parameter_list left_values{};
    bool has_key = false;  // the primary key is among the values
    // Of a row whose writes are counted: its column, and the version that a row must have to be overwritten.
    const sql::column* version = nullptr;
    sql::parameter version_was{};
};

constexpr bool filled_by_database(const sql::column& column) {
    return column.identity || !column.db_default.empty();
}

template <class T>
void add_column(row_image& image, const sql::column& column, const T& value, const T& initial) {
    if (!column.generated.empty()) return image.returning.push_back(&column);
    if constexpr (requires { value == initial; }) {
        if (filled_by_database(column) && value == initial) {
            image.returning.push_back(&column);
            if (column.primary_key) return;
            image.left.push_back(&column);
            image.left_values.push_back(column_writer<T>::write(column.type, value));
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
[[noreturn]] ORM_EXPORT void throw_unset_key(const sql::table& of, const sql::column& column);
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
            if constexpr (valid_model<M>) (add_column(image, columns[c++], values, initials), ...);
        });
    });
    refuse_unset_keys(table_of<M>(), image);
    return image;
}

// What it means that a statement found no row.
enum class when_missing : std::uint8_t { nothing, not_updated, does_not_exist, stale };

template <model M>
sql::parameter key_parameter(const M& row) {
    const auto& key = column_of<model_detail::unchecked_table<M>.primary_key>(row);
    return column_writer<std::remove_cvref_t<decltype(key)>>::write(
        model_detail::unchecked_table<M>.key().type, key);
}
template <model M>
[[noreturn]] void throw_stale(const M& row, std::string_view method) {
    throw stale_row<M>(stale_text(reflect::type_name<M>(), key_parameter(row), method));
}

// The row that was written, with what the database filled in.
template <model M>
struct written_row {
    M row;
    std::vector<const sql::column*> returning;
    when_missing missing = when_missing::nothing;

    M operator()(const postgres::result_view& result, const sql::statement& from) {
        if (result.rows() + result.affected_rows() == 0) refuse_missing(from);
        note_row(row, from.note);
        if (returning.empty()) return std::move(row);
        const std::span<const sql::column> columns = table_of<M>().columns;
        with_columns(row, [&](auto&... members) {
            std::size_t c = 0;
            if constexpr (valid_model<M>) (take(result, columns[c++], members), ...);
        });
        return std::move(row);
    }
    // Nothing was to be written.
    M without_rows(const sql::statement& from) {
        note_row(row, from.note);
        return std::move(row);
    }

private:
    void refuse_missing(const sql::statement& from) const {
        if (missing == when_missing::not_updated)
            throw not_updated<M>(not_updated_text(reflect::type_name<M>()));
        if (missing == when_missing::stale) throw_stale(row, "save()");
        if (missing == when_missing::does_not_exist)
            throw does_not_exist<M>(does_not_exist_text(reflect::type_name<M>(), from));
    }

    template <class T>
    void take(const postgres::result_view& result, const sql::column& column, T& member) const {
        for (std::size_t i = 0; i < returning.size(); ++i) {
            if (returning[i] != &column) continue;
            const int at = static_cast<int>(i);
            column_reader<T>::read(member, result.at(0, at), result.type_oid(at));
        }
    }
};

template <model M>
sql::statement insert_statement(row_image& image) {
    return {sql::render_insert(table_of<M>(), image.columns, 1, image.returning), std::move(image.values)};
}

}  // namespace orm::inline v0::query_detail
