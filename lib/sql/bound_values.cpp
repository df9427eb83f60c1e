#include "bound_values.hpp"

#include "clause.hpp"
#include "nodes.hpp"

#include <asynchrormous/sql/pending_filter.hpp>

namespace orm::inline v0::sql {

void bound_value::append_to(parameter_list& parameters) const {
    if (kept_) return parameters.push_back(*kept_);
    char bytes[8];
    for (std::size_t i = 0; i < 8; ++i) bytes[i] = static_cast<char>(*number_ >> (56 - 8 * i) & 0xff);
    parameters.emplace_back(type{type_kind::int8}).bytes.emplace(bytes, 8);
}

type bound_value::type_of_value() const noexcept { return kept_ ? kept_->type : type{type_kind::int8}; }

namespace {

void collect_range(const row_range& range, value_list& into) {
    if (range.limit) into.push_back(*range.limit);
    if (range.offset != 0) into.push_back(range.offset);
}

void collect_all(std::span<const expression_ptr> nodes, value_list& into) {
    for (const expression_ptr& each : nodes) collect_values(*each, into);
}

// No default: a new kind of clause has to say what it binds.
void collect_clause(const clause& link, value_list& into) {
    switch (link.kind()) {
        case clause_kind::source:
        case clause_kind::reverse:
        case clause_kind::distinct:
        case clause_kind::none:
        case clause_kind::lock:
        case clause_kind::load:
            return;
        case clause_kind::from:
            return collect_values(clause_as<from_clause>(link).rows, into);
        case clause_kind::with:
            return collect_values(clause_as<with_clause>(link).rows, into);
        case clause_kind::tree:
            return collect_values(clause_as<tree_clause>(link).seeds, into);
        case clause_kind::relate:
            return collect_values(*clause_as<relate_clause>(link).condition, into);
        case clause_kind::combine:
            for (const query& member : clause_as<combine_clause>(link).members) collect_values(member, into);
            return;
        case clause_kind::filter:
            return collect_values(*clause_as<filter_clause>(link).condition, into);
        case clause_kind::pending_filter:
            for (const parameter& each : clause_as<pending_filter>(link).values()) into.push_back(each);
            return;
        case clause_kind::order_by:
            for (const ordering& each : clause_as<order_clause>(link).terms_with_values())
                collect_values(*each.by, into);
            return;
        case clause_kind::distinct_on:
            return collect_all(clause_as<distinct_on_clause>(link).terms, into);
        case clause_kind::slice:
            return collect_range(clause_as<slice_clause>(link).range, into);
        case clause_kind::select:
            for (const selected_column& each : clause_as<select_clause>(link).columns)
                collect_values(*each.what, into);
            return;
        case clause_kind::annotate:
            return collect_values(*clause_as<annotate_clause>(link).what, into);
    }
}

}  // namespace

void collect_values(const query& rows, value_list& into) {
    for (const clause* link = &rows.head(); link; link = link->previous().get()) collect_clause(*link, into);
}

void collect_values(const expression& node, value_list& into) {
    if (node.kind() == expression_kind::value) {
        into.push_back(node_as<value_node>(node).bound);
    } else if (node.kind() == expression_kind::subquery) {
        const auto& inner = node_as<subquery_node>(node);
        collect_values(inner.rows, into);
        for (const outer_binding& each : inner.outer) collect_values(*each.what, into);
    }
    collect_all(node.operands(), into);
}

}  // namespace orm::inline v0::sql
