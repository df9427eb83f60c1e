// UPDATE and DELETE of a query's rows.
#include "derived.hpp"
#include "plan_writer.hpp"
#include "planner.hpp"
#include "shape_cache.hpp"
#include "sink.hpp"
#include "write_with.hpp"

#include <asynchrormous/sql/error.hpp>
#include <asynchrormous/sql/render.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace orm::inline v0::sql {

namespace {

[[noreturn]] void refuse(const query& rows, const std::string& what) {
    throw query_error(std::string(rows.source().model) + ": " + what);
}

void check_rows(const query& rows, const std::string& method) {
    if (rows.sliced())
        refuse(rows,
               "cannot " + method +
                   " a query once a slice has been taken; filter by the keys of the slice's rows instead");
    if (rows.combined())
        refuse(rows, method +
                         "() has no meaning after union_(), intersection() or difference(): call it on the "
                         "QuerySets that are combined");
    if (newest(rows.head(), clause_kind::from))
        refuse(rows, "cannot " + method + " the rows of a query; " + method + " the model that it reads");
    for (const clause* link = &rows.head(); link; link = link->previous().get()) {
        if (link->kind() == clause_kind::distinct) break;
        if (link->kind() == clause_kind::distinct_on)
            refuse(rows, "cannot " + method +
                             " after distinct() on values; filter by the keys of its rows instead");
    }
}

bool of_other_row(const term& value) noexcept {
    if (value.kind() == expression_kind::field) return value.column.source != 0;
    return std::any_of(value.parts.begin(), value.parts.end(), of_other_row);
}

void check_value(const query& rows, const term& value, const std::string& place) {
    if (of_other_row(value))
        refuse(rows, place + " a column of a related model; use a column of the same row, or a Subquery");
    if (has_aggregate(value) || has_window(value))
        refuse(rows, place + " an aggregate or a window over several rows; use a Subquery");
}

// The statement's rows, and values of the one table that it may name.
class change {
public:
    explicit change(const query& rows) : rows_(rows), planning_(rows) { planning_.plan_clauses(); }

    bool none() { return planning_.made().empty; }

    void set(std::span<const assignment> terms) {
        for (const assignment& each : terms)
            values_.push_back(
                plan(*each.value, "update() cannot set " + std::string(each.target->field) + " to"));
    }

    void give_back(std::span<const selected_column> terms) {
        for (const selected_column& each : terms)
            returning_.push_back({std::string(each.name), plan(*each.what, "returning() cannot be given")});
    }

    void write(sql_sink& out, std::string_view verb, std::span<const assignment> terms) {
        const sql::plan of_row{.root = &rows_.source(), .joins = join_graph(rows_.source(), 0)};
        const sql::plan chosen = plan_rows();
        const plan_writer writer(out, of_row);
        write_with(out, chosen, all_values());
        (out << verb).identifier(rows_.source().name);
        write_assignments(out, writer, terms);
        if (chosen.selection.empty())
            plan_writer(out, chosen).where();
        else
            write_key_in(out, writer, chosen);
        write_returning(out, writer);
    }

    // Of the row that is there; names of the table mean it, EXCLUDED the row that was to be inserted.
    void write_conflict(sql_sink& out, const conflict_rule& rule) const {
        const sql::plan of_row{.root = &rows_.source(), .joins = join_graph(rows_.source(), 0)};
        const plan_writer writer(out, of_row);
        list_separator assignments(out, ", ");
        for (const column* each : rule.overwrite)
            (assignments.next().identifier(each->name) << " = EXCLUDED.").identifier(each->name);
        for (std::size_t i = 0; i < rule.set.size(); ++i) {
            assignments.next().identifier(rule.set[i].target->name) << " = ";
            writer.value(values_[i]);
        }
    }

private:
    term plan(const expression& value, const std::string& place) {
        term made = planning_.plan_value(value);
        settle_guards(planning_.made().joins, made, false);
        check_value(rows_, made, place);
        return made;
    }

    // UPDATE and DELETE have one table: what needs more than it chooses its rows in a subquery.
    sql::plan plan_rows() {
        sql::plan& made = planning_.made();
        made.distinct = false;
        forget_lock(made);
        made.selection.push_back({{}, planning_.plan_key()});
        planning_.plan_grouping();
        if (!made.joins.joined() && !made.grouped && made.qualify.empty()) made.selection.clear();
        return planning_.finish();
    }

    std::vector<term> all_values() const {
        std::vector<term> all = values_;
        for (const selected_term& each : returning_) all.push_back(each.what);
        return all;
    }

    void write_assignments(sql_sink& out, const plan_writer& writer,
                           std::span<const assignment> terms) const {
        if (terms.empty()) return;
        out << " SET ";
        list_separator assignments(out, ", ");
        for (std::size_t i = 0; i < terms.size(); ++i) {
            assignments.next().identifier(terms[i].target->name) << " = ";
            writer.value(values_[i]);
        }
    }

    void write_key_in(sql_sink& out, const plan_writer& writer, const sql::plan& chosen) const {
        out << " WHERE ";
        writer.key();
        out << " IN (";
        plan_writer(out, chosen).rows();
        out << ")";
    }

    void write_returning(sql_sink& out, const plan_writer& writer) const {
        if (returning_.empty()) return;
        out << " RETURNING ";
        list_separator columns(out, ", ");
        for (const selected_term& each : returning_) {
            columns.next();
            writer.value(each.what);
            if (!each.name.empty()) (out << " AS ").identifier(each.name);
        }
    }

    const query& rows_;
    planner planning_;
    std::vector<term> values_{};
    std::vector<selected_term> returning_{};
};

}  // namespace

statement render_update(const query& rows, std::span<const assignment> terms,
                        std::span<const selected_column> returning) {
    check_rows(rows, "update");
    if (terms.empty()) refuse(rows, "update() needs at least one assignment");
    statement_parts parts(rows, statement_kind::update);
    for (const assignment& each : terms) parts.add(each.value, each.target);
    for (const selected_column& each : returning) parts.add(each.what, each.name.data());
    return remembered(parts, [&](sql_sink& out) {
        change made(rows);
        if (made.none()) return false;
        made.set(terms);
        made.give_back(returning);
        made.write(out, "UPDATE ", terms);
        return true;
    });
}

statement render_delete(const query& rows, std::span<const selected_column> returning) {
    check_rows(rows, "delete");
    statement_parts parts(rows, statement_kind::delete_);
    for (const selected_column& each : returning) parts.add(each.what, each.name.data());
    return remembered(parts, [&](sql_sink& out) {
        change made(rows);
        if (made.none()) return false;
        made.give_back(returning);
        made.write(out, "DELETE FROM ", {});
        return true;
    });
}

statement render_conflict(const table& into, const conflict_rule& rule, std::size_t before) {
    if (rule.then == conflict_rule::action::refuse) return {};
    sql_sink out(before);
    out << " ON CONFLICT";
    if (!rule.target.empty()) {
        out << " (";
        list_separator names(out, ", ");
        for (const column* each : rule.target) names.next().identifier(each->name);
        out << ")";
    }
    if (rule.then == conflict_rule::action::do_nothing) {
        out << " DO NOTHING";
        return out.take();
    }
    const query rows(into);
    change made(rows);
    made.set(rule.set);
    out << " DO UPDATE SET ";
    made.write_conflict(out, rule);
    return out.take();
}

}  // namespace orm::inline v0::sql
