// The clauses around the conditions.
#include "plan_writer.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

namespace {

void write_join(sql_sink& out, const join_graph& joins, const row_source& join) {
    out << (join.type == join_type::outer ? " LEFT OUTER JOIN " : " INNER JOIN ");
    out.identifier(join.of->name);
    if (join.renamed()) (out << " ").identifier(join.alias);
    (out << " ON (").identifier(joins.at(join.parent).alias) << ".";
    out.identifier(join.via.from->name) << " = ";
    out.identifier(join.alias) << ".";
    out.identifier(join.via.to->name) << ")";
}

}  // namespace

void plan_writer::from() const {
    const row_source& root = plan_.joins.at(0);
    (out_ << " FROM ").identifier(root.of->name);
    if (root.renamed()) (out_ << " ").identifier(root.alias);
    for (const row_source& source : plan_.joins.sources())
        if (source.used && source.type != join_type::root) write_join(out_, plan_.joins, source);
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
        order(each.by, each.how);
    }
}

void plan_writer::limit(bool only_one) const {
    if (only_one)
        out_ << " LIMIT 1";
    else if (plan_.range.limit)
        (out_ << " LIMIT ").bind(plan_.slice->limit);
    if (plan_.range.offset != 0) (out_ << " OFFSET ").bind(plan_.slice->offset);
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
    select();
    select_list();
    from();
    where();
    group_by();
    order_by();
    limit();
}

void plan_writer::any_row() const {
    // Which rows a slice skips depends on what DISTINCT has merged before.
    const bool merged = plan_.distinct && plan_.sliced();
    out_ << (merged ? "SELECT DISTINCT " : "SELECT ");
    if (merged)
        select_list();
    else
        out_ << "1";
    from();
    where();
    group_by();
    limit(true);
}

}  // namespace orm::inline v0::sql
