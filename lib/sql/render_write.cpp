// Statements that change rows.
#include "plan_writer.hpp"
#include "planner.hpp"
#include "sink.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/render.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

namespace {

void refuse_slice(const query& rows, const char* method) {
    if (!rows.sliced()) return;
    throw query_error(std::string(rows.source().model) + ": cannot " + method +
                      " a query once a slice has been taken; filter by the keys of the slice's rows instead");
}

bool of_other_row(const term& value) noexcept {
    if (value.kind() == expression_kind::field) return value.column.source != 0;
    return std::any_of(value.parts.begin(), value.parts.end(), of_other_row);
}

std::vector<term> plan_values(planner& planning, std::span<const assignment> terms) {
    std::vector<term> values;
    values.reserve(terms.size());
    for (const assignment& each : terms) {
        values.push_back(planning.plan_value(*each.value));
        settle_guards(planning.made().joins, values.back(), false);
        if (!of_other_row(values.back())) continue;
        throw query_error(std::string(planning.made().root->model) + ": update() cannot set " +
                          std::string(each.target->field) +
                          " to a column of a related model; use a column of the same row, or a Subquery");
    }
    return values;
}

// UPDATE and DELETE have one table: what needs joins chooses its rows in a subquery.
void write_condition(sql_sink& out, const plan_writer& writer, bool joined) {
    if (!joined) return writer.where();
    out << " WHERE ";
    writer.key();
    out << " IN (SELECT ";
    writer.key();
    writer.from();
    writer.where();
    out << ")";
}

void write_names(sql_sink& out, std::span<const column* const> columns) {
    list_separator names(out, ", ");
    for (const column* each : columns) names.next().identifier(each->name);
}

// Text only, like the statement: the values are the caller's.
void write_placeholders(sql_sink& out, std::size_t columns, std::size_t rows) {
    list_separator tuples(out, ", ");
    for (std::size_t row = 0; row < rows; ++row) {
        tuples.next() << "(";
        list_separator values(out, ", ");
        for (std::size_t i = 0; i < columns; ++i)
            values.next() << "$" << std::to_string(row * columns + i + 1);
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
void write_overwrite(sql_sink& out, const table& into, std::span<const column* const> columns) {
    (out << " ON CONFLICT (").identifier(into.key().name) << ") DO UPDATE SET ";
    list_separator assignments(out, ", ");
    for (const column* each : columns) {
        if (each->primary_key && columns.size() > 1) continue;
        (assignments.next().identifier(each->name) << " = EXCLUDED.").identifier(each->name);
    }
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
        write_placeholders(out, columns.size(), rows);
    }
}

}  // namespace

statement render_update(const query& rows, std::span<const assignment> terms) {
    refuse_slice(rows, "update");
    if (terms.empty())
        throw query_error(std::string(rows.source().model) + ": update() needs at least one assignment");
    planner planning(rows);
    planning.plan_clauses();
    if (planning.made().empty) return {.empty = true};
    const std::vector<term> values = plan_values(planning, terms);
    const plan planned = planning.finish();
    sql_sink out;
    const plan_writer writer(out, planned);
    (out << "UPDATE ").identifier(planned.root->name) << " SET ";
    list_separator assignments(out, ", ");
    for (std::size_t i = 0; i < terms.size(); ++i) {
        assignments.next().identifier(terms[i].target->name) << " = ";
        writer.value(values[i]);
    }
    write_condition(out, writer, planned.joins.joined());
    return out.take();
}

statement render_delete(const query& rows) {
    refuse_slice(rows, "delete");
    planner planning(rows);
    planning.plan_clauses();
    if (planning.made().empty) return {.empty = true};
    const plan planned = planning.finish();
    sql_sink out;
    (out << "DELETE FROM ").identifier(planned.root->name);
    write_condition(out, plan_writer(out, planned), planned.joins.joined());
    return out.take();
}

std::string render_insert(const table& into, std::span<const column* const> columns, std::size_t rows,
                          std::span<const column* const> returning) {
    sql_sink out;
    write_insert(out, into, columns, rows);
    write_returning(out, returning);
    return out.take().text;
}

std::string render_upsert(const table& into, std::span<const column* const> columns,
                          std::span<const column* const> returning) {
    sql_sink out;
    write_insert(out, into, columns, 1);
    write_overwrite(out, into, columns);
    write_returning(out, returning);
    return out.take().text;
}

}  // namespace orm::inline v0::sql
