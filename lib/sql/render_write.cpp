// INSERT: text only, parameters are bound row by row.
#include "sink.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/render.hpp>

#include <string>

namespace orm::inline v0::sql {

namespace {

void write_names(sql_sink& out, std::span<const column* const> columns) {
    list_separator names(out, ", ");
    for (const column* each : columns) names.next().identifier(each->name);
}

// Text only, like the statement: the values are the caller's.
void write_placeholders(sql_sink& out, std::span<const column* const> columns, std::size_t rows) {
    std::size_t number = 0;
    list_separator tuples(out, ", ");
    for (std::size_t row = 0; row < rows; ++row) {
        tuples.next() << "(";
        list_separator values(out, ", ");
        for (const column* each : columns) values.next().placeholder(++number, each->type);
        out << ")";
    }
}

void write_default_rows(sql_sink& out, const table& into, std::size_t rows) {
    if (rows == 1) {
        out << " DEFAULT VALUES";
        return;
    }
    (out << " (").identifier(into.key().name) << ") VALUES ";
    list_separator tuples(out, ", ");
    for (std::size_t row = 0; row < rows; ++row) tuples.next() << "(DEFAULT)";
}

// The key that conflicts keeps its value: setting it to itself gives its row a chance to be returned.
void write_overwrite(sql_sink& out, const table& into, std::span<const column* const> columns,
                     std::span<const column* const> defaulted) {
    (out << " ON CONFLICT (").identifier(into.key().name) << ") DO UPDATE SET ";
    list_separator assignments(out, ", ");
    for (const column* each : columns) {
        if (each->primary_key && columns.size() + defaulted.size() > 1) continue;
        (assignments.next().identifier(each->name) << " = EXCLUDED.").identifier(each->name);
    }
    for (std::size_t i = 0; i < defaulted.size(); ++i)
        (assignments.next().identifier(defaulted[i]->name) << " = ")
            .placeholder(columns.size() + i + 1, defaulted[i]->type);
}

void write_returning(sql_sink& out, std::span<const column* const> returning) {
    if (returning.empty()) return;
    out << " RETURNING ";
    write_names(out, returning);
}

void check_insert(const table& into, std::size_t columns, std::size_t rows) {
    if (rows == 0)
        throw query_error(std::string(into.model) + ": an INSERT of no rows; skip the statement instead");
    if (columns != 0 && rows > most_parameters / columns)
        throw query_error(std::string(into.model) + ": " + std::to_string(rows) + " rows of " +
                          std::to_string(columns) +
                          " columns exceed the 65535 parameters of one statement; insert in batches");
}

void write_insert(sql_sink& out, const table& into, std::span<const column* const> columns,
                  std::size_t rows) {
    check_insert(into, columns.size(), rows);
    (out << "INSERT INTO ").identifier(into.name);
    if (columns.empty()) {
        write_default_rows(out, into, rows);
    } else {
        out << " (";
        write_names(out, columns);
        out << ") VALUES ";
        write_placeholders(out, columns, rows);
    }
}

// "c1", "c2", …: the columns of what is read from arrays or a list of rows.
void write_source_columns(sql_sink& out, std::size_t count) {
    list_separator names(out, ", ");
    for (std::size_t i = 1; i <= count; ++i) names.next() << "\"c" << std::to_string(i) << "\"";
}

void write_arrays(sql_sink& out, std::span<const column* const> columns) {
    out << "UNNEST(";
    list_separator arrays(out, ", ");
    std::size_t number = 0;
    for (const column* each : columns)
        arrays.next().placeholder(++number, {each->type.kind, true, each->type.identity});
    out << ")";
}

void write_into(sql_sink& out, const table& into, std::span<const column* const> columns) {
    (out << "INSERT INTO ").identifier(into.name) << " (";
    write_names(out, columns);
    out << ")";
}

void write_update_from(sql_sink& out, const table& of, std::span<const column* const> columns) {
    (out << "UPDATE ").identifier(of.name) << " SET ";
    list_separator assignments(out, ", ");
    for (std::size_t i = 1; i < columns.size(); ++i)
        assignments.next().identifier(columns[i]->name)
            << " = \"given\".\"c" << std::to_string(i + 1) << "\"";
    out << " FROM ";
}

void write_update_where(sql_sink& out, const table& of, std::size_t columns) {
    out << " AS \"given\" (";
    write_source_columns(out, columns);
    ((out << ") WHERE ").identifier(of.name) << ".").identifier(of.key().name) << " = \"given\".\"c1\"";
}

}  // namespace

// ORDER BY: defaults, and so identity keys, are computed in this order (PostgreSQL's planner puts them above
// the sort of the SELECT), which is what tells the caller which key belongs to which row.
std::string render_insert_arrays(const table& into, std::span<const column* const> columns,
                                 std::string_view conflict, std::span<const column* const> returning) {
    sql_sink out;
    write_into(out, into, columns);
    out << " SELECT ";
    write_source_columns(out, columns.size());
    out << " FROM ";
    write_arrays(out, columns);
    out << " WITH ORDINALITY AS \"given\" (";
    write_source_columns(out, columns.size());
    out << ", \"place\") ORDER BY \"place\"" << conflict;
    write_returning(out, returning);
    return out.take_text();
}

std::string render_insert_arrays_with_keys(const table& into, std::span<const column* const> columns,
                                           std::span<const column* const> returning) {
    sql_sink out;
    (out << "WITH \"given\" AS MATERIALIZED (SELECT (" << into.key().db_default
         << ")::" << name_of(into.key().type) << " AS \"made\", \"rows\".* FROM ");
    write_arrays(out, columns);
    out << " WITH ORDINALITY AS \"rows\" (";
    write_source_columns(out, columns.size());
    out << ", \"place\")), \"inserted\" AS (";
    (out << "INSERT INTO ").identifier(into.name) << " (";
    out.identifier(into.key().name);
    for (const column* each : columns) (out << ", ").identifier(each->name);
    out << ") SELECT \"made\", ";
    write_source_columns(out, columns.size());
    out << " FROM \"given\"";
    write_returning(out, returning);
    out << ") SELECT ";
    list_separator results(out, ", ");
    for (const column* each : returning) (results.next() << "\"inserted\".").identifier(each->name);
    (out << " FROM \"given\" JOIN \"inserted\" ON \"inserted\".").identifier(into.key().name)
        << " = \"given\".\"made\" ORDER BY \"given\".\"place\"";
    return out.take_text();
}

std::string render_insert_rows(const table& into, std::span<const column* const> columns, std::size_t rows,
                               std::string_view conflict, std::span<const column* const> returning) {
    sql_sink out;
    write_insert(out, into, columns, rows);
    out << conflict;
    write_returning(out, returning);
    return out.take_text();
}

std::string render_update_arrays(const table& of, std::span<const column* const> columns) {
    sql_sink out;
    write_update_from(out, of, columns);
    write_arrays(out, columns);
    write_update_where(out, of, columns.size());
    return out.take_text();
}

std::string render_update_rows(const table& of, std::span<const column* const> columns, std::size_t rows) {
    sql_sink out;
    write_update_from(out, of, columns);
    out << "(VALUES ";
    write_placeholders(out, columns, rows);
    out << ")";
    write_update_where(out, of, columns.size());
    return out.take_text();
}

std::string render_insert(const table& into, std::span<const column* const> columns, std::size_t rows,
                          std::span<const column* const> returning) {
    sql_sink out;
    write_insert(out, into, columns, rows);
    write_returning(out, returning);
    return out.take_text();
}

std::string render_upsert(const table& into, std::span<const column* const> columns,
                          std::span<const column* const> defaulted, std::span<const column* const> returning,
                          const column* version) {
    sql_sink out;
    (out << "INSERT INTO ").identifier(into.name) << " (";
    list_separator names(out, ", ");
    for (const column* each : columns) names.next().identifier(each->name);
    for (const column* each : defaulted) names.next().identifier(each->name);
    out << ") VALUES (";
    list_separator values(out, ", ");
    std::size_t number = 0;
    for (const column* each : columns) values.next().placeholder(++number, each->type);
    for (std::size_t i = 0; i < defaulted.size(); ++i) values.next() << "DEFAULT";
    out << ")";
    write_overwrite(out, into, columns, defaulted);
    if (version)
        (((out << " WHERE ").identifier(into.name) << ".").identifier(version->name) << " = ")
            .placeholder(columns.size() + defaulted.size() + 1, version->type);
    write_returning(out, returning);
    return out.take_text();
}

std::string render_update_row(const table& of, std::span<const column* const> columns,
                              std::span<const column* const> returning, const column* version) {
    sql_sink out;
    (out << "UPDATE ").identifier(of.name) << " SET ";
    list_separator assignments(out, ", ");
    for (std::size_t i = 0; i < columns.size(); ++i)
        (assignments.next().identifier(columns[i]->name) << " = ").placeholder(i + 1, columns[i]->type);
    if (columns.empty()) (out.identifier(of.key().name) << " = ").identifier(of.key().name);
    ((out << " WHERE ").identifier(of.key().name) << " = ").placeholder(columns.size() + 1, of.key().type);
    if (version)
        ((out << " AND ").identifier(version->name) << " = ").placeholder(columns.size() + 2, version->type);
    write_returning(out, returning);
    return out.take_text();
}

}  // namespace orm::inline v0::sql
