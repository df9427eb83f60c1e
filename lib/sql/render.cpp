// Statements that read.
#include "plan.hpp"
#include "plan_writer.hpp"
#include "sink.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/render.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

namespace {

statement no_rows() {
    statement made;
    made.empty = true;
    return made;
}

bool needs_subquery(const plan& of) noexcept { return of.sliced() || of.distinct; }

// The rows as a subquery: their order matters only when a slice is cut out of it, their columns only when
// DISTINCT compares them.
plan plan_counted(const query& rows) {
    plan made = plan_conditions(rows);
    if (made.empty || !needs_subquery(made)) return made;
    if (made.distinct) plan_selection(made, rows);
    if (made.sliced()) plan_ordering(made, rows);
    return made;
}

std::string_view function_of(aggregate_kind kind) noexcept {
    switch (kind) {
        case aggregate_kind::count:
            return "COUNT(";
        case aggregate_kind::sum:
            return "SUM(";
        case aggregate_kind::avg:
            return "AVG(";
        case aggregate_kind::min:
            return "MIN(";
        case aggregate_kind::max:
            return "MAX(";
    }
    return "";
}

std::string column_alias(std::size_t position) { return "a" + std::to_string(position + 1); }

template <class Argument>
void write_aggregates(sql_sink& out, std::span<const aggregate> terms, Argument argument) {
    list_separator columns(out, ", ");
    for (std::size_t i = 0; i < terms.size(); ++i) {
        columns.next() << function_of(terms[i].kind) << (terms[i].distinct ? "DISTINCT " : "");
        if (terms[i].of)
            argument(i);
        else
            out << "*";
        out << ")";
    }
}

void check_terms(const table& of, std::span<const aggregate> terms) {
    if (terms.empty())
        throw query_error(std::string(of.model) + ": aggregate() needs at least one term, such as a count");
    for (const aggregate& term : terms)
        if (!term.of && (term.kind != aggregate_kind::count || term.distinct))
            throw query_error(std::string(of.model) +
                              ": only a plain count goes without a column; name the column to aggregate");
}

// The rows' own columns, then one for each aggregate.
void write_aggregated_rows(sql_sink& out, const plan& rows, const std::vector<operand>& arguments,
                           std::span<const aggregate> terms) {
    const plan_writer writer(out, rows);
    out << (rows.distinct ? "SELECT DISTINCT " : "SELECT ");
    list_separator columns(out, ", ");
    columns.next();
    if (rows.distinct)
        writer.select_list();
    else
        writer.key();
    for (std::size_t i = 0; i < terms.size(); ++i) {
        if (!terms[i].of) continue;
        columns.next();
        writer.scalar(arguments[i]);
        (out << " AS ").identifier(column_alias(i));
    }
    writer.from();
    writer.where();
    writer.order_by();
    writer.limit();
}

std::vector<operand> plan_arguments(plan& into, std::span<const aggregate> terms) {
    std::vector<operand> arguments(terms.size());
    for (std::size_t i = 0; i < terms.size(); ++i)
        if (terms[i].of) arguments[i] = plan_operand(into, *terms[i].of);
    return arguments;
}

}  // namespace

statement render_select(const query& rows) {
    plan planned = plan_conditions(rows);
    if (planned.empty) return no_rows();
    plan_selection(planned, rows);
    plan_ordering(planned, rows);
    sql_sink out;
    plan_writer(out, planned).rows();
    return out.take();
}

statement render_count(const query& rows) {
    const aggregate all{};
    return render_aggregate(rows, {&all, 1});
}

statement render_exists(const query& rows) {
    plan planned = plan_conditions(rows);
    if (planned.empty) return no_rows();
    // Which rows a slice skips depends on what DISTINCT has merged before.
    const bool merged = planned.distinct && planned.sliced();
    if (merged) plan_selection(planned, rows);
    sql_sink out;
    const plan_writer writer(out, planned);
    out << (merged ? "SELECT DISTINCT " : "SELECT ");
    if (merged)
        writer.select_list();
    else
        out << "1";
    writer.from();
    writer.where();
    writer.limit(true);
    return out.take();
}

statement render_aggregate(const query& rows, std::span<const aggregate> terms) {
    check_terms(rows.source(), terms);
    plan planned = plan_counted(rows);
    if (planned.empty) return no_rows();
    const std::vector<operand> arguments = plan_arguments(planned, terms);
    sql_sink out;
    out << "SELECT ";
    if (needs_subquery(planned)) {
        write_aggregates(out, terms, [&out](std::size_t i) { out.identifier(column_alias(i)); });
        out << " FROM (";
        write_aggregated_rows(out, planned, arguments, terms);
        out << ") \"subquery\"";
        return out.take();
    }
    const plan_writer writer(out, planned);
    write_aggregates(out, terms, [&](std::size_t i) { writer.scalar(arguments[i]); });
    writer.from();
    writer.where();
    return out.take();
}

}  // namespace orm::inline v0::sql
