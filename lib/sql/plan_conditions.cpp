// Conditions: joins for their paths and votes on join types.
// What Django's build_filter, _add_q and add_q decide, in the same order.
#include "derived.hpp"
#include "planner.hpp"
#include "promotion.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

namespace {

void add_source_and_parents(const join_graph& joins, std::size_t source, source_list& needed) {
    for (; source != 0; source = joins.at(source).parent)
        if (std::find(needed.begin(), needed.end(), source) == needed.end()) needed.push_back(source);
}

}  // namespace

term planner::plan_condition(const expression& node, condition_scope in, source_list& needed) {
    if (node.kind() != expression_kind::group && splits(node, in)) return plan_split(node, in);
    switch (node.kind()) {
        case expression_kind::group:
            return plan_group(node_as<group_node>(node), in, needed);
        case expression_kind::compare:
        case expression_kind::between:
            return plan_comparison(node, in, needed);
        case expression_kind::is_null:
            return plan_is_null(node_as<is_null_node>(node), in, needed);
        case expression_kind::constant:
            return {.node = &node};
        default:
            return plan_truth(node, in, needed);
    }
}

term planner::plan_group(const group_node& group, condition_scope in, source_list& needed) {
    const bool odd = group.by == connector::odd;  // whose children each count as true or not
    in.negated = in.negated != group.negated && !odd;
    in.below_negation = in.below_negation || group.negated;
    promotion votes(odd ? connector::any : group.by, group.operands().size(), in.negated);
    term made{.node = &group};
    made.parts.reserve(group.operands().size());
    for (const expression_ptr& child : group.operands()) {
        source_list own;
        made.parts.push_back(plan_condition(*child, in, own));
        votes.vote(own);
    }
    for (const std::size_t source : votes.settle(plan_.joins)) needed.push_back(source);
    return made;
}

term planner::plan_comparison(const expression& node, condition_scope in, source_list& needed) {
    term made{.node = &node};
    const std::span<const expression_ptr> operands = node.operands();
    made.parts.resize(operands.size());
    source_list own;
    for (std::size_t i = 1; i < operands.size(); ++i)
        made.parts[i] = plan_side(*operands[i], in, side::right, own);
    made.parts[0] = plan_side(*operands[0], in, side::left, own);
    if (!in.negated) needed = std::move(own);
    return made;
}

term planner::plan_is_null(const is_null_node& node, condition_scope in, source_list& needed) {
    term made{.node = &node};
    source_list own;
    made.parts.push_back(plan_side(*node.operands()[0], in, side::left, own));
    // Wanting NULL, a missing row counts: the join has to stay outer.
    if (node.yes == in.negated) needed = std::move(own);
    return made;
}

term planner::plan_truth(const expression& node, condition_scope in, source_list& needed) {
    source_list own;
    term made = plan_side(node, in, side::left, own);
    if (!in.negated) needed = std::move(own);
    return made;
}

term planner::plan_side(const expression& node, condition_scope in, side which, source_list& needed) {
    if (belongs_around(node)) return plan_around(node);
    if (node.kind() == expression_kind::field)
        return plan_field(node_as<field_node>(node), in.only, &needed, which);
    if (node.kind() != expression_kind::call || !node_as<call_node>(node).by.strict)
        return plan_any(node, in.only);
    term made{.node = &node};
    made.parts.reserve(node.operands().size());
    for (const expression_ptr& argument : node.operands())
        made.parts.push_back(plan_side(*argument, in, which, needed));
    return made;
}

// As in Django a trimmed join of the right-hand side has no vote.
term planner::plan_field(const field_node& node, reusable* only, source_list* needed, side which) {
    const std::span<const hop> hops = node.where.hops.subspan(start_.size());
    const destination to = plan_.joins.walk(source_of(node), hops, *node.where.target, only);
    if (needed)
        add_source_and_parents(plan_.joins, which == side::left ? to.deepest : to.column.source, *needed);
    return {.node = &node, .column = to.column};
}

void planner::plan_filter(const expression_ptr& what) {
    if (const auto* constant = node_if<constant_node>(what)) {
        plan_.empty = plan_.empty || !constant->everything;
        return;
    }
    // The new condition is ANDed to the others: what they made inner stays inner.
    const source_list inner = plan_.joins.inner_joins();
    reusable shared;
    source_list needed;
    term added = plan_condition(*what, {.negated = false, .only = &shared}, needed);
    if (has_window(added)) return plan_window_filter(std::move(added), inner);
    promotion votes(connector::all, 1, false);
    votes.vote(needed);
    votes.settle(plan_.joins);
    plan_.joins.demote(inner);
    add_condition(std::move(added));
}

// What needs no aggregate chooses rows before they are grouped.
void planner::add_condition(term what) {
    const auto* group = what.kind() == expression_kind::group ? &node_as<group_node>(*what.node) : nullptr;
    const bool all = group && group->by == connector::all && !group->negated;
    if (!has_aggregate(what))
        plan_.where.push_back(std::move(what));
    else if (!all)
        plan_.having.push_back(std::move(what));
    else
        for (term& part : what.parts) add_condition(std::move(part));
}

// A condition that is a value: it chooses no rows, so a row that a join does not find is not lost.
term planner::plan_inner_condition(const expression& node, reusable* only) {
    source_list needed;
    term made = plan_condition(node, {.negated = false, .only = only, .value = true}, needed);
    plan_.joins.promote(std::move(needed));
    return made;
}

namespace {

struct null_sources {
    std::vector<column_ref> columns{};
    bool elsewhere = false;  // NULL may come from something other than these columns
};

bool can_be_null(const join_graph& joins, const column_ref& column) noexcept {
    return column.of->nullable || joins.at(column.source).type == join_type::outer;
}

// EXISTS and ARRAY have a value whatever their rows are.
bool is_never_null(const term& of) noexcept {
    return of.kind() == expression_kind::value ||
           (of.kind() == expression_kind::subquery &&
            node_as<subquery_node>(*of.node).by != subquery_kind::scalar);
}

void find_nulls(const join_graph& joins, const term& in, null_sources& found) {
    if (in.kind() == expression_kind::field) {
        if (can_be_null(joins, in.column) &&
            std::find(found.columns.begin(), found.columns.end(), in.column) == found.columns.end())
            found.columns.push_back(in.column);
    } else if (in.kind() == expression_kind::call && node_as<call_node>(*in.node).by.strict) {
        for (const term& part : in.parts) find_nulls(joins, part, found);
    } else if (!is_never_null(in)) {
        found.elsewhere = true;
    }
}

bool may_be_null(const join_graph& joins, const term& of) {
    null_sources found;
    find_nulls(joins, of, found);
    return found.elsewhere || !found.columns.empty();
}

void guard(const join_graph& joins, term& comparison, std::size_t sides) {
    null_sources found;
    for (std::size_t i = 0; i < sides; ++i) find_nulls(joins, comparison.parts[i], found);
    comparison.is_true = found.elsewhere;
    if (!found.elsewhere) comparison.guards = std::move(found.columns);
}

}  // namespace

void settle_guards(const join_graph& joins, term& in, bool negated) {
    if (in.inner && in.kind() != expression_kind::subquery) return;  // there is such a row or there is none
    switch (in.kind()) {
        case expression_kind::group:
            negated = negated != node_as<group_node>(*in.node).negated &&
                      node_as<group_node>(*in.node).by != connector::odd;
            for (term& part : in.parts) settle_guards(joins, part, negated);
            return;
        case expression_kind::compare:
            in.or_null = negated && node_as<compare_node>(*in.node).with_null;
            if (negated && !in.or_null) guard(joins, in, 2);
            break;
        case expression_kind::between:
            if (negated) guard(joins, in, 3);
            break;
        case expression_kind::constant:
        case expression_kind::is_null:
            break;
        case expression_kind::outer:  // belongs to another query, which settled it
            in.is_true = negated;
            return;
        default:  // a boolean value, where a condition is wanted
            in.is_true = negated && may_be_null(joins, in);
    }
    for (term& part : in.parts) settle_guards(joins, part, false);
}

}  // namespace orm::inline v0::sql
