// The clauses around the conditions.
#include "plan_writer.hpp"

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

void plan_writer::from() const {
    const row_source& root = plan_.joins.at(0);
    if (plan_.from)
        derived(*plan_.from);
    else
        (out_ << " FROM ").identifier(root.of->name);
    if (!plan_.from && root.renamed()) (out_ << " ").identifier(root.alias);
    for (std::size_t i = 1; i < plan_.joins.sources().size(); ++i)
        if (plan_.joins.at(i).used) join(i);
}

void plan_writer::join(std::size_t source) const {
    const row_source& of = plan_.joins.at(source);
    out_ << (of.type == join_type::outer ? " LEFT OUTER JOIN " : " INNER JOIN ");
    out_.identifier(of.of->name);
    if (of.renamed()) (out_ << " ").identifier(of.alias);
    out_ << " ON (";
    column({of.parent, of.via.from});
    out_ << " = ";
    column({source, of.via.to});
    for (const planned_relation& each : plan_.relations)
        if (each.source == source) {
            out_ << " AND ";
            condition(each.condition, context::all);
        }
    out_ << ")";
}

void plan_writer::group_by() const {
    if (!plan_.group_by.empty()) {
        out_ << " GROUP BY ";
        list_separator list(out_, ", ");
        for (const term& each : plan_.group_by) {
            list.next();
            value(each);
        }
    }
    conditions(" HAVING ", plan_.having);
}

void plan_writer::order_by() const {
    if (plan_.order.empty()) return;
    out_ << " ORDER BY ";
    list_separator list(out_, ", ");
    for (const order_term& each : plan_.order) {
        list.next();
        if (each.position == 0)
            value(each.by);
        else
            out_ << std::to_string(each.position);
        direction_of(each.how);
    }
}

void plan_writer::limit(bool only_one) const {
    if (only_one)
        out_ << " LIMIT 1";
    else if (plan_.range.limit)
        (out_ << " LIMIT ").bind(*plan_.slice->range.limit);
    if (plan_.range.offset != 0) (out_ << " OFFSET ").bind(plan_.slice->range.offset);
}

void plan_writer::select() const {
    out_ << "SELECT ";
    if (!plan_.distinct_on.empty()) {
        out_ << "DISTINCT ON (";
        list_separator list(out_, ", ");
        for (const term& each : plan_.distinct_on) {
            list.next();
            value(each);
        }
        out_ << ") ";
    } else if (plan_.distinct) {
        out_ << "DISTINCT ";
    }
}

void plan_writer::select_list() const {
    list_separator columns(out_, ", ");
    for (const selected_term& selected : plan_.selection) {
        columns.next();
        value(selected.what);
        if (!selected.name.empty()) (out_ << " AS ").identifier(selected.name);
    }
    if (!plan_.distinct) return;
    for (const order_term& each : plan_.order) {
        const bool known =
            std::any_of(plan_.selection.begin(), plan_.selection.end(),
                        [&each](const selected_term& selected) { return same_term(selected.what, each.by); });
        if (known) continue;
        columns.next();
        value(each.by);
    }
}

void plan_writer::rows() const {
    if (plan_.tree) return tree(*plan_.tree);
    if (!plan_.members.empty()) {
        combination();
        order_by();
        return limit();
    }
    select();
    select_list();
    from();
    where();
    group_by();
    order_by();
    limit();
    lock();
}

void plan_writer::any_row() const {
    if (!plan_.members.empty()) {
        combination();
        return limit(true);
    }
    // Which rows a slice skips depends on what DISTINCT has merged before.
    const bool merged = plan_.sliced() && (plan_.distinct || !plan_.distinct_on.empty());
    if (merged)
        select();
    else
        out_ << "SELECT ";
    if (merged && plan_.distinct)
        select_list();
    else
        out_ << "1";
    from();
    where();
    group_by();
    limit(true);
    lock();
}

}  // namespace orm::inline v0::sql
