// Conditions: joins for their paths, votes on join types, guards against NULL under negation.
// What Django's build_filter, _add_q and add_q decide, in the same order.
#include "plan.hpp"
#include "promotion.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

namespace {

using source_list = std::vector<std::size_t>;

class condition_planner {
public:
    explicit condition_planner(join_graph& joins) noexcept : joins_(joins) {}

    // Plans into `out`; returns the joins that must find a row for the condition to hold.
    source_list plan_any(const expression& node, bool negated, condition& out) {
        switch (node.kind()) {
            case expression_kind::group:
                return plan_group(node_as<group_node>(node), negated, out);
            case expression_kind::compare:
                return plan_compare(node_as<compare_node>(node), negated, out);
            case expression_kind::between:
                return plan_between(node_as<between_node>(node), negated, out);
            default:
                return plan_is_null(node_as<is_null_node>(node), negated, out);
        }
    }

private:
    source_list plan_group(const group_node& group, bool negated, condition& out) {
        const bool now_negated = negated != group.negated;
        promotion votes(group.by, group.children.size(), now_negated);
        out.by = group.by;
        out.negated = group.negated;
        out.children.resize(group.children.size());
        for (std::size_t i = 0; i < group.children.size(); ++i)
            votes.vote(plan_any(*group.children[i], now_negated, out.children[i]));
        return votes.settle(joins_);
    }

    source_list plan_compare(const compare_node& node, bool negated, condition& out) {
        source_list needed;
        out.kind = condition_kind::compare;
        out.lookup = node.lookup;
        out.right = right_operand(*node.right, needed);
        out.left = left_operand(*node.left, needed);
        if (!negated) return needed;
        if (node.with_null) {
            out = or_null(out);
            return {};
        }
        out.guard_left = guarded(out.left);
        out.guard_right = right_guarded(out);
        return {};
    }

    static condition or_null(const condition& compared) {
        condition null_too{.kind = condition_kind::is_null, .left = compared.left, .yes = true};
        return {.kind = condition_kind::group, .by = connector::any, .children = {compared, null_too}};
    }

    source_list plan_between(const between_node& node, bool negated, condition& out) {
        source_list needed;
        out.kind = condition_kind::between;
        out.right = right_operand(*node.low, needed);
        out.high = right_operand(*node.high, needed);
        out.left = left_operand(*node.left, needed);
        if (!negated) return needed;
        out.guard_left = guarded(out.left);
        return {};
    }

    source_list plan_is_null(const is_null_node& node, bool negated, condition& out) {
        source_list needed;
        out.kind = condition_kind::is_null;
        out.yes = node.yes;
        out.left = left_operand(*node.of, needed);
        // Wanting NULL, a missing row counts: the join has to stay outer.
        return node.yes != negated ? source_list{} : needed;
    }

    operand left_operand(const expression& node, source_list& needed) {
        return plan_scalar(node, needed, [](const destination& to) { return to.deepest; });
    }

    // As in Django a trimmed join of the right-hand side has no vote.
    operand right_operand(const expression& node, source_list& needed) {
        return plan_scalar(node, needed, [](const destination& to) { return to.column.source; });
    }

    template <class Last>
    operand plan_scalar(const expression& node, source_list& needed, Last last) {
        if (node.kind() == expression_kind::value) return {&node_as<value_node>(node).bound, {}};
        const auto& field = node_as<field_node>(node);
        const destination to = joins_.walk(0, field.where.hops, *field.where.target, field.part);
        for (std::size_t source = last(to); source != 0; source = joins_.at(source).parent)
            if (std::find(needed.begin(), needed.end(), source) == needed.end()) needed.push_back(source);
        return {nullptr, to.column};
    }

    bool guarded(const operand& side) const noexcept {
        if (side.bound) return false;
        return side.column.of->nullable || joins_.at(side.column.source).type == join_type::outer;
    }

    // Django guards a bare nullable column only, and loses the rows without a joined row. Here both sides
    // keep the same rule; a column that is compared with itself is guarded once.
    bool right_guarded(const condition& compared) const noexcept {
        return guarded(compared.right) && !(compared.guard_left && compared.right == compared.left);
    }

    join_graph& joins_;
};

// A join may turn outer after a condition was planned: `(a.x = 1 AND y = 2) OR NOT (a.z = 3)`, where the
// first half had made it inner. Django leaves the second half without a guard then, and loses the rows
// without an `a`.
void complete_guards(const join_graph& joins, condition& in, bool negated) {
    if (in.kind == condition_kind::group) {
        for (condition& child : in.children) complete_guards(joins, child, negated != in.negated);
        return;
    }
    if (!negated || in.kind == condition_kind::is_null) return;
    const auto outer = [&joins](const operand& side) {
        return !side.bound && joins.at(side.column.source).type == join_type::outer;
    };
    if (outer(in.left)) in.guard_left = true;
    if (in.kind == condition_kind::compare && outer(in.right) && !(in.right == in.left))
        in.guard_right = true;
}

}  // namespace

void plan_filter(plan& into, const expression_ptr& what) {
    if (const auto* constant = node_if<constant_node>(what)) {
        into.empty = into.empty || !constant->everything;
        return;
    }
    // The new condition is ANDed to the others: what they made inner stays inner.
    const source_list inner = into.joins.inner_joins();
    condition& added = into.where.emplace_back();
    promotion votes(connector::all, 1, false);
    votes.vote(condition_planner(into.joins).plan_any(*what, false, added));
    votes.settle(into.joins);
    into.joins.demote(inner);
}

plan plan_conditions(const query& rows) {
    plan made{.root = &rows.source(), .joins = join_graph(rows.source())};
    std::vector<const clause*> chain;
    for (const clause* link = &rows.head(); link; link = link->previous().get()) chain.push_back(link);
    made.empty = rows.empty();
    for (std::size_t i = chain.size(); i-- > 0;) {
        const clause& link = *chain[i];
        if (link.kind() == clause_kind::filter) plan_filter(made, clause_as<filter_clause>(link).condition);
        if (link.kind() == clause_kind::slice) made.range = clause_as<slice_clause>(link).range;
        if (link.kind() == clause_kind::distinct) made.distinct = true;
    }
    for (condition& added : made.where) complete_guards(made.joins, added, false);
    return made;
}

operand plan_operand(plan& into, const expression& scalar) {
    if (scalar.kind() == expression_kind::value) return {&node_as<value_node>(scalar).bound, {}};
    const auto& field = node_as<field_node>(scalar);
    return {nullptr, into.joins.walk(0, field.where.hops, *field.where.target, field.part).column};
}

void plan_selection(plan& into, const query& rows) {
    const clause* chosen = newest(rows.head(), clause_kind::select);
    if (chosen) {
        for (const expression_ptr& column : clause_as<select_clause>(*chosen).columns)
            into.selection.push_back(plan_operand(into, *column));
        return;
    }
    for (const column& own : into.root->columns) into.selection.push_back({nullptr, {0, &own}});
}

}  // namespace orm::inline v0::sql
