// Queries in a query that are no values of it: members, definitions, seeds of a tree.
#include "combination.hpp"
#include "derived.hpp"
#include "planner.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <utility>

namespace orm::inline v0::sql {

plan planner::finish_inner() { return only_selected(finish(), depth_); }

plan plan_inner(const query& rows, const inner_query& in) {
    if (rows.combined()) return plan_combined(rows, in);
    planner inside(rows, in.around, in.as);
    inside.plan_clauses();
    plan& made = inside.made();
    if (made.empty) return inside.finish();
    inside.plan_selection(in.columns);
    if (in.only_key && !newest(rows.head(), clause_kind::select)) made.selection = {{{}, inside.plan_key()}};
    const bool chooses = made.sliced() || !made.distinct_on.empty();
    if (chooses || (newest(rows.head(), clause_kind::order_by) && !made.distinct)) inside.plan_ordering();
    inside.plan_grouping();
    return inside.finish_inner();
}

namespace {

// A union whose other members read `name`.
bool is_recursive(const query& rows, const table& name) {
    if (!rows.combined()) return false;
    const std::vector<query>& members =
        clause_as<combine_clause>(*newest(rows.head(), clause_kind::combine)).members;
    return std::any_of(members.begin() + 1, members.end(),
                       [&name](const query& each) { return &each.source() == &name; });
}

// Nothing follows from nothing.
bool begins_empty(const query& rows) {
    return plan_inner(clause_as<combine_clause>(*newest(rows.head(), clause_kind::combine)).members.front(),
                      {})
        .empty;
}

// PostgreSQL wants the first member of a recursive union to have the types of the whole, and text is what a
// varchar becomes when anything is done with it.
void widen_texts(plan& first) {
    static const expression_ptr widened =
        call({"{0}::text"}, {outer({}, 1, {})}, type{.kind = type_kind::text});
    for (plan& each : first.members) widen_texts(each);
    for (selected_term& each : first.selection) {
        const type& of = type_of(each.what);
        const bool text = of.kind == type_kind::text || of.kind == type_kind::varchar;
        if (!text || of.array || each.what.kind() == expression_kind::value) continue;
        term inside = std::exchange(each.what, term{.node = widened.get()});
        each.what.parts.push_back(std::move(inside));
    }
}

}  // namespace

// Seen from nowhere else: WITH stands before the outermost query.
void planner::plan_definition(const table& name, const query& rows, const clause& by, source_options how) {
    const bool recursive = is_recursive(rows, name);
    plan inner = recursive && begins_empty(rows) ? plan{.root = &name, .joins = join_graph(name, 0)}
                                                 : plan_inner(rows, {});
    inner.empty = inner.empty || columns_of(inner).empty();
    if (recursive && !inner.members.empty()) widen_texts(inner.members.front());
    plan_.empty = plan_.empty || (inner.empty && by.kind() == clause_kind::from);
    const std::size_t has = columns_of(inner).size();
    if (!inner.empty && has != (how.columns.empty() ? name.columns.size() : how.columns.size()))
        throw query_error("\"" + std::string(name.name) + "\" has " + std::to_string(name.columns.size()) +
                          " columns, its rows have " + std::to_string(has) +
                          ": give them the values() that it names, in that order");
    plan_.definitions.push_back({&name, &by, std::make_shared<const plan>(std::move(inner)), how});
}

void planner::plan_tree(const tree_clause& what) {
    plan seeds = plan_inner(what.seeds, {.around = around_, .as = as_, .only_key = true});
    plan_.empty = plan_.empty || seeds.empty;
    plan_.tree = std::make_shared<const planned_tree>(
        planned_tree{std::make_shared<const plan>(std::move(seeds)), what.key, what.direction});
}

// Before what uses it: the condition may name what is joined already, and the relation itself.
void planner::plan_relation(const relate_clause& what) {
    std::size_t at = 0;
    for (const hop& via : what.to.first(what.to.size() - 1)) at = plan_.joins.follow(at, via);
    at = plan_.joins.add_named(at, what.to.back());
    plan_.relations.push_back({what.name, at});
    const std::size_t known = plan_.joins.sources().size();
    source_list idle;
    for (std::size_t i = at; !plan_.joins.at(i).used; i = plan_.joins.at(i).parent) idle.push_back(i);
    term condition = plan_inner_condition(*what.condition, nullptr);
    if (plan_.joins.sources().size() != known)
        throw query_error(std::string(plan_.root->model) + ": the condition of the relation \"" +
                          std::string(what.name) +
                          "\" leads beyond it: it may name fields of the model and of the relation");
    plan_.relations.back().condition = std::move(condition);
    for (const std::size_t i : idle) plan_.joins.release(i);
}

std::size_t planner::source_of(const field_node& node) const {
    if (node.through.empty()) return 0;
    for (const planned_relation& each : plan_.relations)
        if (each.name == node.through) return each.source;
    throw query_error(std::string(plan_.root->model) + ": the query has no relation \"" +
                      std::string(node.through) + "\"");
}

// What is decided after the windows must not lose rows before them: its joins stay outer.
void planner::plan_window_filter(term what, const source_list& inner) {
    source_list all(plan_.joins.sources().size() - 1);
    std::iota(all.begin(), all.end(), 1);
    plan_.joins.promote(std::move(all));
    plan_.joins.demote(inner);
    filters_windows(what);
}

// Of several conditions that must hold only those on windows wait for the windows.
bool planner::filters_windows(term& what) {
    if (!has_window(what)) return false;
    const bool all = what.kind() == expression_kind::group &&
                     node_as<group_node>(*what.node).by == connector::all &&
                     !node_as<group_node>(*what.node).negated;
    if (!all) {
        plan_.qualify.push_back(std::move(what));
        return true;
    }
    for (term& part : what.parts)
        if (!filters_windows(part))
            (has_aggregate(part) ? plan_.having : plan_.where).push_back(std::move(part));
    return true;
}

}  // namespace orm::inline v0::sql
