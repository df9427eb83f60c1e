// Aggregates whose rows another join of the query would count several times.
#include "planner.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <array>
#include <string>

namespace orm::inline v0::sql {

namespace {

// The same however often a value is there.
bool indifferent(const aggregate_node& node) noexcept {
    static constexpr std::array<std::string_view, 7> names{"MIN",   "MAX",     "BOOL_AND", "BOOL_OR",
                                                           "EVERY", "BIT_AND", "BIT_OR"};
    return node.distinct || node.arguments() == 0 ||
           std::find(names.begin(), names.end(), node.function) != names.end();
}

void find_sources(const join_graph& joins, const term& in, source_list& found) {
    if (in.kind() == expression_kind::field)
        for (std::size_t at = in.column.source; at != 0; at = joins.at(at).parent) found.push_back(at);
    for (const term& part : in.parts) find_sources(joins, part, found);
}

[[noreturn]] void refuse(const plan& of, const term& aggregate, std::size_t source) {
    throw query_error(
        std::string(of.root->model) + ": " + std::string(node_as<aggregate_node>(*aggregate.node).function) +
        " would count its rows once for each row of \"" + std::string(of.joins.at(source).of->model) +
        "\" that the query joins too. Make it distinct, compute it in a Subquery, or "
        "filter by Exists or in instead of joining");
}

bool many(const plan& of, std::size_t source) noexcept {
    return source != 0 && of.joins.at(source).used && of.joins.at(source).via.many;
}

bool contains(const source_list& list, std::size_t source) noexcept {
    return std::find(list.begin(), list.end(), source) != list.end();
}

void check(const plan& of, const term& aggregate) {
    if (indifferent(node_as<aggregate_node>(*aggregate.node))) return;
    source_list own;
    find_sources(of.joins, aggregate, own);
    for (std::size_t i = 1; i < of.joins.sources().size(); ++i)
        if (many(of, i) && !contains(own, i)) refuse(of, aggregate, i);
}

void find_aggregates(const term& in, std::vector<const term*>& found) {
    if (in.kind() == expression_kind::aggregate) return found.push_back(&in);
    for (const term& part : in.parts) find_aggregates(part, found);
}

void check_all(const plan& of, const term& in) {
    std::vector<const term*> found;
    find_aggregates(in, found);
    for (const term* each : found) check(of, *each);
}

}  // namespace

void refuse_multiplied(const plan& of) {
    for (const planned_annotation& each : of.annotations) check_all(of, each.what);
    for (const term& each : of.having) check_all(of, each);
    for (const selected_term& each : of.selection) check_all(of, each.what);
}

void refuse_multiplied_by_each_other(const plan& of, std::span<const term> aggregates) {
    std::vector<const term*> found;
    for (const term& each : aggregates) find_aggregates(each, found);
    for (const term* each : found) {
        if (indifferent(node_as<aggregate_node>(*each->node))) continue;
        source_list own, others;
        find_sources(of.joins, *each, own);
        for (const term* other : found) find_sources(of.joins, *other, others);
        for (const std::size_t source : others)
            if (many(of, source) && !contains(own, source)) refuse(of, *each, source);
    }
}

}  // namespace orm::inline v0::sql
