// Statements that read.
#include "combination.hpp"
#include "plan_unused.hpp"
#include "plan_writer.hpp"
#include "planner.hpp"
#include "shape_cache.hpp"
#include "sink.hpp"
#include "write_with.hpp"

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

bool needs_subquery(const plan& of) noexcept {
    return of.sliced() || of.distinct || !of.distinct_on.empty() || of.grouped || !of.qualify.empty();
}

void check_terms(const table& of, std::span<const expression_ptr> terms) {
    if (terms.empty())
        throw query_error(std::string(of.model) + ": aggregate() needs at least one term, such as a count");
}

// What the aggregates read of the rows becomes a column of the subquery; values stay where they are.
void read_from_subquery(term& of, bool aggregated, plan& rows) {
    if (!aggregated) {
        const bool now = of.kind() == expression_kind::aggregate;
        for (term& part : of.parts) read_from_subquery(part, now, rows);
        return;
    }
    if (of.kind() == expression_kind::value) return;
    const std::string name = "a" + std::to_string(rows.selection.size() + 1);
    const expression* node = of.node;
    rows.selection.push_back({name, std::move(of)});
    of = {.node = node, .reference = name};
}

plan plan_any_row(const query& rows) {
    if (rows.combined()) return plan_combined(rows, {.only_key = !rows.sliced()});
    planner planning(rows);
    planning.leave_out(unused_annotations(rows));
    planning.plan_clauses();
    if (planning.made().empty) return planning.finish();
    planning.plan_selection();
    planning.plan_grouping();
    return planning.finish();
}

statement render_aggregate_of_combined(const query& rows, std::span<const expression_ptr> terms) {
    const plan planned = plan_aggregate_of_combined(rows, terms);
    if (planned.empty) return no_rows();
    sql_sink out;
    write_with(out, planned);
    plan_writer(out, planned).rows();
    return out.take();
}

// Known over no rows without asking: 0 or NULL.
bool is_plain_aggregate(const expression_ptr& term) { return term->kind() == expression_kind::aggregate; }

bool counts_rows(const expression_ptr& term) {
    return term->kind() == expression_kind::aggregate && term->operands().empty();
}

// What is computed from aggregates of no rows is for the server to say.
void choose_no_rows(plan& rows) {
    static const expression_ptr none = nothing();
    rows.empty = false;
    rows.where.clear();
    rows.where.push_back({.node = none.get()});
}

bool write_aggregate(sql_sink& out, const query& rows, std::span<const expression_ptr> terms) {
    planner planning(rows);
    if (std::all_of(terms.begin(), terms.end(), counts_rows)) planning.leave_out(unused_annotations(rows));
    planning.plan_clauses();
    if (planning.made().empty) {
        if (std::all_of(terms.begin(), terms.end(), is_plain_aggregate)) return false;
        choose_no_rows(planning.made());
    }
    forget_lock(planning.made());
    planning.plan_selection();
    planning.plan_grouping();
    std::vector<term> asked;
    for (const expression_ptr& each : terms) {
        asked.push_back(planning.plan_value(*each));
        settle_guards(planning.made().joins, asked.back(), false);
    }
    plan& inner = planning.made();
    const bool wrapped = needs_subquery(inner) || std::any_of(asked.begin(), asked.end(), has_window);
    if (!wrapped) refuse_multiplied_by_each_other(inner, asked);
    if (wrapped) {
        // Which rows a slice cuts out depends on their order, which columns DISTINCT compares on all of them.
        if (inner.sliced() || !inner.distinct_on.empty()) planning.plan_ordering();
        if (!inner.distinct) inner.selection.clear();
        if (inner.selection.empty() && !inner.grouped) inner.selection.push_back({{}, planning.plan_key()});
        for (term& each : asked) read_from_subquery(each, false, inner);
        if (inner.selection.empty()) inner.selection.push_back({{}, inner.group_by.front()});
    }
    const plan planned = planning.finish();
    const plan_writer writer(out, planned);
    write_with(out, planned, asked);
    out << "SELECT ";
    list_separator columns(out, ", ");
    for (const term& each : asked) {
        columns.next();
        writer.value(each);
    }
    if (wrapped) {
        out << " FROM (";
        writer.rows();
        out << ") \"subquery\"";
        return true;
    }
    writer.from();
    writer.where();
    return true;
}

}  // namespace

statement render_select(const query& rows) {
    return remembered({rows, statement_kind::select}, [&](sql_sink& out) {
        const plan planned = plan_select(rows);
        if (planned.empty) return false;
        write_with(out, planned);
        plan_writer(out, planned).rows();
        return true;
    });
}

statement render_count(const query& rows) {
    static const expression_ptr all = aggregate({.function = "COUNT", .result = type{type_kind::int8}});
    return render_aggregate(rows, {&all, 1});
}

statement render_exists(const query& rows) {
    return remembered({rows, statement_kind::exists}, [&](sql_sink& out) {
        const plan planned = plan_any_row(rows);
        if (planned.empty) return false;
        write_with(out, planned);
        plan_writer(out, planned).any_row();
        return true;
    });
}

statement render_aggregate(const query& rows, std::span<const expression_ptr> terms) {
    check_terms(rows.source(), terms);
    if (rows.combined()) return render_aggregate_of_combined(rows, terms);
    statement_parts parts(rows, statement_kind::aggregate);
    for (const expression_ptr& each : terms) parts.add(each);
    return remembered(parts, [&](sql_sink& out) { return write_aggregate(out, rows, terms); });
}

}  // namespace orm::inline v0::sql
