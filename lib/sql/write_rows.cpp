// The clauses around the conditions.
#include "plan_writer.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

namespace {

// LIMIT and OFFSET are bound, so that paging does not vary the text.
parameter bigint(std::uint64_t number) {
    std::string bytes(8, '\0');
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(number >> (56 - 8 * i) & 0xff);
    return {type{type_kind::int8}, std::move(bytes)};
}

void write_join(sql_sink& out, const join_graph& joins, const row_source& join) {
    out << (join.type == join_type::outer ? " LEFT OUTER JOIN " : " INNER JOIN ");
    out.identifier(join.of->name);
    if (join.renamed()) (out << " ").identifier(join.alias);
    (out << " ON (").identifier(joins.at(join.parent).alias) << ".";
    out.identifier(join.via->name) << " = ";
    out.identifier(join.alias) << ".";
    out.identifier(join.of->key().name) << ")";
}

}  // namespace

void plan_writer::from() const {
    (out_ << " FROM ").identifier(plan_.root->name);
    for (const row_source& source : plan_.joins.sources())
        if (source.used && source.type != join_type::root) write_join(out_, plan_.joins, source);
}

void plan_writer::order_by() const {
    if (plan_.order.empty()) return;
    out_ << " ORDER BY ";
    list_separator terms(out_, ", ");
    for (const order_term& term : plan_.order) {
        terms.next();
        column(term.by);
        out_ << (term.descending ? " DESC" : " ASC");
    }
}

void plan_writer::limit(bool only_one) const {
    if (only_one)
        out_ << " LIMIT 1";
    else if (plan_.range.limit)
        (out_ << " LIMIT ").bind(bigint(*plan_.range.limit));
    if (plan_.range.offset != 0) (out_ << " OFFSET ").bind(bigint(plan_.range.offset));
}

void plan_writer::select_list() const {
    list_separator columns(out_, ", ");
    for (const operand& selected : plan_.selection) {
        columns.next();
        scalar(selected);
    }
    if (!plan_.distinct) return;
    for (const order_term& term : plan_.order) {
        const operand by{nullptr, term.by};
        if (std::find(plan_.selection.begin(), plan_.selection.end(), by) != plan_.selection.end()) continue;
        columns.next();
        column(term.by);
    }
}

void plan_writer::rows() const {
    out_ << (plan_.distinct ? "SELECT DISTINCT " : "SELECT ");
    select_list();
    from();
    where();
    order_by();
    limit();
}

}  // namespace orm::inline v0::sql
