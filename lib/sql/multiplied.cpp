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

void check(const plan& of, const term& aggregate) {
    if (indifferent(node_as<aggregate_node>(*aggregate.node))) return;
    source_list own;
    find_sources(of.joins, aggregate, own);
    const auto& sources = of.joins.sources();
    for (std::size_t i = 1; i < sources.size(); ++i) {
        if (!sources[i].used || !sources[i].via.many) continue;
        if (std::find(own.begin(), own.end(), i) != own.end()) continue;
        throw query_error(std::string(of.root->model) + ": " +
                          std::string(node_as<aggregate_node>(*aggregate.node).function) +
                          " would count its rows once for each row of \"" +
                          std::string(sources[i].of->model) +
                          "\" that the query joins too. Make it distinct, compute it in a Subquery, or "
                          "filter by Exists or in instead of joining");
    }
}

void check_all(const plan& of, const term& in) {
    if (in.kind() == expression_kind::aggregate) return check(of, in);
    for (const term& part : in.parts) check_all(of, part);
}

}  // namespace

void refuse_multiplied(const plan& of) {
    for (const planned_annotation& each : of.annotations) check_all(of, each.what);
    for (const term& each : of.having) check_all(of, each);
    for (const selected_term& each : of.selection) check_all(of, each.what);
}

}  // namespace orm::inline v0::sql
