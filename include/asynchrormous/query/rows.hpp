// From a result to rows: columns are checked against the C++ types once for each result, then one loop
// reads every field straight into its member. Rows of a model, of values<…>() or of values_list<…>().
#pragma once

#include <asynchrormous/model/table_of.hpp>
#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/query/named_row.hpp>
#include <asynchrormous/reflect/type_name.hpp>
#include <asynchrormous/sql/render.hpp>

#include <array>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace orm::inline v0::query_detail {

// What one column of a result must be for a member of a row.
struct column_check {
    bool (*accepts)(std::uint32_t oid);
    std::string_view cpp_type;
};

// Throws: column_mismatch naming column, PostgreSQL type and C++ type, before any value is decoded.
ORM_EXPORT void check_columns(const postgres::result_view& result, std::span<const column_check> wanted,
                              const sql::statement& from);
// The same for columns found elsewhere: the i-th is column places[i] of the result.
ORM_EXPORT void check_columns(const postgres::result_view& result, std::span<const column_check> wanted,
                              const sql::statement& from, std::span<const int> places);

// Throws: column_mismatch for a NULL in a column whose C++ type has no place for it.
[[noreturn]] ORM_EXPORT void throw_unexpected_null(const postgres::result_view& result, int column,
                                                   std::string_view cpp_type);

template <class T>
struct column_reader {
    using value_type = T;
    static void read(T& out, postgres::field_view field, std::uint32_t oid) {
        out = postgres::read<T>(field, oid);
    }
};
template <class M, class Key>
struct column_reader<foreign_key<M, Key>> {
    using value_type = Key;
    static void read(foreign_key<M, Key>& out, postgres::field_view field, std::uint32_t oid) {
        out = foreign_key<M, Key>(postgres::read<Key>(field, oid));
    }
};
template <class T>
struct column_reader<std::optional<T>> {
    using value_type = typename column_reader<T>::value_type;
    static void read(std::optional<T>& out, postgres::field_view field, std::uint32_t oid) {
        if (field.null()) return out.reset();
        column_reader<T>::read(out.emplace(), field, oid);
    }
};
template <class T>
inline constexpr bool takes_null = false;
template <class T>
inline constexpr bool takes_null<std::optional<T>> = true;

template <class T>
constexpr column_check check_of() {
    return {&postgres::accepts<typename column_reader<T>::value_type>, reflect::type_name<T>()};
}

// The fields of one row of a result, with the types of its columns.
struct row_fields {
    const postgres::result_view& result;
    const postgres::field_view* fields;
    const std::uint32_t* oids;

    template <class T>
    void read(int column, T& out) const {
        if (!takes_null<T> && fields[column].null())
            throw_unexpected_null(result, column, reflect::type_name<T>());
        column_reader<T>::read(out, fields[column], oids[column]);
    }
};

// How a kind of row is laid out: its columns' checks, and how one row is filled.
template <class Row>
struct row_layout {  // one column, flat
    static constexpr std::array checks{check_of<Row>()};
    static void fill(Row& row, const row_fields& from) { from.read(0, row); }
};

template <class M, std::size_t... I>
constexpr auto model_checks(std::index_sequence<I...>) {
    return std::array{check_of<column_type<M, I>>()...};
}

template <model M>
struct row_layout<M> {
    static constexpr auto checks = model_checks<M>(std::make_index_sequence<column_count<M>>());
    static void fill(M& row, const row_fields& from) {
        with_columns(row, [&from](auto&... members) {
            int column = 0;
            (from.read(column++, members), ...);
        });
    }
};

template <class... T>
struct row_layout<std::tuple<T...>> {
    static constexpr std::array checks{check_of<T>()...};
    static void fill(std::tuple<T...>& row, const row_fields& from) {
        std::apply(
            [&from](auto&... members) {
                int column = 0;
                (from.read(column++, members), ...);
            },
            row);
    }
};

template <reflect::fixed_string... Names, class... T>
struct row_layout<named_row<annotation<Names, T>...>> {
    static constexpr std::array checks{check_of<T>()...};
    static void fill(named_row<annotation<Names, T>...>& row, const row_fields& from) {
        int column = 0;
        (from.read(column++, static_cast<annotation<Names, T>&>(row).value), ...);
    }
};

template <class Row>
struct decode_rows {
    std::vector<Row> operator()(const postgres::result_view& result, const sql::statement& from) const {
        constexpr auto& checks = row_layout<Row>::checks;
        check_columns(result, checks, from);
        std::vector<postgres::field_view> fields(static_cast<std::size_t>(result.columns()));
        std::array<std::uint32_t, checks.size()> oids;
        for (std::size_t c = 0; c < checks.size(); ++c) oids[c] = result.type_oid(static_cast<int>(c));
        std::vector<Row> rows;
        rows.reserve(static_cast<std::size_t>(result.rows()));
        for (int r = 0; r < result.rows(); ++r) {
            result.row(r, fields.data());
            append(rows, row_fields{result, fields.data(), oids.data()});
        }
        return rows;
    }

private:
    static void append(std::vector<Row>& rows, const row_fields& from) {
        if constexpr (std::is_same_v<Row, bool>) {  // vector<bool> has no bool to read into
            bool row = false;
            row_layout<bool>::fill(row, from);
            rows.push_back(row);
        } else {
            row_layout<Row>::fill(rows.emplace_back(), from);
        }
    }
};

}  // namespace orm::inline v0::query_detail
