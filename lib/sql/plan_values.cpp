// Values: fields, what names and outer references stand for, subqueries.
#include "combination.hpp"
#include "planner.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

term planner::plan_value(const expression& node) { return plan_any(node, nullptr); }

term planner::plan_any(const expression& node, reusable* only) {
    if (belongs_around(node)) return plan_around(node);
    switch (node.kind()) {
        case expression_kind::field:
            return plan_field(node_as<field_node>(node), only, nullptr, side::right);
        case expression_kind::named:
            return plan_named(node_as<named_node>(node));
        case expression_kind::outer:
            return plan_outer(node_as<outer_node>(node));
        case expression_kind::subquery:
            return plan_subquery(node_as<subquery_node>(node));
        default:
            break;
    }
    if (isolates(node)) return plan_isolated(node);
    if (is_condition(node.kind())) return plan_inner_condition(node, only);
    term made{.node = &node};
    made.parts.reserve(node.operands().size());
    for (const expression_ptr& operand : node.operands()) made.parts.push_back(plan_any(*operand, only));
    return made;
}

// The annotation as it was planned where it was added.
term planner::plan_named(const named_node& node) const {
    for (const planned_annotation& each : plan_.annotations)
        if (each.name == node.name) return {.node = &node, .parts = {each.what}};
    throw query_error(std::string(plan_.root->model) + ": the query has no annotation \"" +
                      std::string(node.name) + "\"");
}

term planner::plan_outer(const outer_node& node) {
    if (!around_)
        throw query_error(std::string(plan_.root->model) + ": OuterRef(\"" + std::string(node.name) +
                          "\") has no query around it: use this QuerySet in Subquery, Exists or in");
    for (const outer_binding& each : as_->outer)
        if (each.name == node.name && each.level == node.level) {
            term meant = around_->plan_any(*each.what, nullptr);
            settle_guards(around_->plan_.joins, meant, false);
            if (has_window(meant))
                throw query_error(
                    std::string(around_->plan_.root->model) + ": OuterRef(\"" + std::string(node.name) +
                    "\") is a window, which a subquery cannot look at; refer to the values that it "
                    "is computed from, or compare with the Subquery in a filter");
            return {.node = &node, .parts = {std::move(meant)}};
        }
    throw query_error(std::string(plan_.root->model) + ": the query around this one has no \"" +
                      std::string(node.name) + "\"");
}

// Order matters to a scalar or an array, and to a slice; nothing else of what is not looked at is planned.
term planner::plan_subquery(const subquery_node& node) {
    if (node.rows.combined()) {
        const bool key = node.by != subquery_kind::exists || !node.rows.sliced();
        plan all = plan_combined(node.rows, {.around = this, .as = &node, .only_key = key});
        return {.node = &node, .inner = std::make_shared<const plan>(std::move(all))};
    }
    planner inside(node.rows, this, &node);
    inside.plan_clauses();
    const bool exists = node.by == subquery_kind::exists;
    const bool looked_at = !exists || inside.plan_.distinct;
    if (looked_at) inside.plan_selection();
    if (looked_at && inside.plan_.selection.size() > 1 && !newest(node.rows.head(), clause_kind::select))
        inside.plan_.selection = {{{}, inside.plan_key()}};
    if (!exists || inside.plan_.sliced() || inside.plan_.distinct) inside.plan_ordering();
    inside.plan_grouping();
    return {.node = &node,
            .inner = std::make_shared<const plan>(exists ? inside.finish() : inside.finish_inner())};
}

const column& planner::row_key() const {
    const column& key = plan_.root->key();
    if (key.primary_key) return key;
    throw query_error(std::string(plan_.root->model) +
                      ": this finds a row again by its key, and the rows of this query have none: give them "
                      "a member `id`, or say in meta which is the primary_key");
}

term planner::plan_key() {
    const column& key = plan_.root->key();
    return term_of_column({0, &key});
}

namespace {

// What a query inside refers to of the one `level` queries around it.
bool refers_to_aggregate(const term& of, std::size_t level) noexcept;

bool refers_to_aggregate(const plan& inner, std::size_t level) noexcept {
    const auto refers = [level](const term& each) { return refers_to_aggregate(each, level); };
    return std::any_of(inner.where.begin(), inner.where.end(), refers) ||
           std::any_of(inner.having.begin(), inner.having.end(), refers) ||
           std::any_of(inner.selection.begin(), inner.selection.end(),
                       [&refers](const selected_term& each) { return refers(each.what); });
}

bool refers_to_aggregate(const term& of, std::size_t level) noexcept {
    if (of.inner && refers_to_aggregate(*of.inner, level + 1)) return true;
    if (of.kind() == expression_kind::outer) {
        if (of.parts.empty()) return false;
        return level == 1 ? has_aggregate(of.parts.front())
                          : refers_to_aggregate(of.parts.front(), level - 1);
    }
    return std::any_of(of.parts.begin(), of.parts.end(),
                       [level](const term& part) { return refers_to_aggregate(part, level); });
}

}  // namespace

bool has_aggregate(const term& of) noexcept {
    if (of.kind() == expression_kind::aggregate) return true;
    if (of.inner && refers_to_aggregate(*of.inner, 1)) return true;
    if (of.kind() == expression_kind::window || of.kind() == expression_kind::outer) return false;
    return std::any_of(of.parts.begin(), of.parts.end(),
                       [](const term& part) { return has_aggregate(part); });
}

// Pointers are enough: the same value bound twice is the same node.
bool same_term(const term& a, const term& b) noexcept {
    if (a.column.of || b.column.of) return a.column.of && b.column.of && a.column == b.column;
    if (a.node == b.node) return true;
    const auto unwrapped = [](const term& of) -> const term& {
        return of.kind() == expression_kind::named ? of.parts.front() : of;
    };
    const term& bare_a = unwrapped(a);
    const term& bare_b = unwrapped(b);
    if (&bare_a != &a || &bare_b != &b) return same_term(bare_a, bare_b);
    if (!a.node || !b.node || a.kind() == expression_kind::value || a.node->shape() != b.node->shape())
        return false;
    if (a.parts.size() != b.parts.size() || a.inner || b.inner) return false;
    return std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), same_term);
}

}  // namespace orm::inline v0::sql
