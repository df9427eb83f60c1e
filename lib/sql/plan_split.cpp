// Negated conditions over relations with many rows (Django's split_exclude). A row is excluded when any of
// its related rows meets the condition, so each such condition asks a query of its own whether there is one.
#include "planner.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

namespace {

// Aggregates are of a whole group and subqueries have rows of their own: what is in them does not count.
bool hides_paths(expression_kind kind) noexcept {
    return kind == expression_kind::aggregate || kind == expression_kind::window;
}

bool same_hop(const hop& a, const hop& b) noexcept {
    return a.from->name == b.from->name && a.to->name == b.to->name && a.into->name == b.into->name;
}

bool begins_with(std::span<const hop> hops, std::span<const hop> start) noexcept {
    return hops.size() >= start.size() && std::equal(start.begin(), start.end(), hops.begin(), same_hop);
}

bool is_many(const hop& via) noexcept { return via.many; }

// What a condition reaches that is many: paths, or relations that the query has under a name.
class many_paths {
public:
    many_paths(const clause& head, const expression& condition) : head_(head) { visit(condition); }

    std::span<const hop> start{};
    bool several = false;  // that do not begin alike
    std::vector<const relate_clause*> relations{};

    bool any() const noexcept { return !start.empty() || !relations.empty(); }

private:
    void visit(const expression& node) {
        if (hides_paths(node.kind())) return;
        for (const expression_ptr& operand : node.operands()) visit(*operand);
        if (node.kind() == expression_kind::field) visit_field(node_as<field_node>(node));
    }

    void visit_field(const field_node& field) {
        if (!field.through.empty()) return visit_relation(field);
        const std::span<const hop> to = hops_to_many(field.where);
        if (to.empty()) return;
        several = several || (!start.empty() && !same_hops(to, start));
        start = to;
    }

    void visit_relation(const field_node& field) {
        const relate_clause* to = relation_of(head_, field.through);
        if (!to || std::find(relations.begin(), relations.end(), to) != relations.end()) return;
        if (std::any_of(to->to.begin(), to->to.end(), is_many) || !hops_to_many(field.where).empty())
            relations.push_back(to);
    }

    const clause& head_;
};

const expression& beyond() {
    static const expression_ptr node = outer({}, 1, {});
    return *node;
}

// A column of the query around this one, seen from it.
term seen_from_inside(term of) {
    term made{.node = &beyond()};
    made.parts.push_back(std::move(of));
    return made;
}

const expression& equality() {
    static const expression_ptr node = compare(lookup_kind::exact, outer({}, 1, {}), outer({}, 1, {}));
    return *node;
}

}  // namespace

term equal_to_outer(const column_ref& inside, const column_ref& around) {
    term made{.node = &equality()};
    made.parts.push_back(term_of_column(inside));
    made.parts.push_back(seen_from_inside(term_of_column(around)));
    return made;
}

std::span<const hop> hops_to_many(const path& where) noexcept {
    for (std::size_t i = 0; i < where.hops.size(); ++i)
        if (where.hops[i].many) return where.hops.first(i + 1);
    return {};
}

bool same_hops(std::span<const hop> a, std::span<const hop> b) noexcept {
    return a.size() == b.size() && begins_with(a, b);
}

bool planner::splits(const expression& node, condition_scope in) const {
    return in.below_negation && !in.value && many_paths(rows_.head(), node).any();
}

planner::planner(planner& around, const table& root, std::span<const hop> start)
    : depth_(around.depth_ + 1),
      plan_{.root = &root, .joins = join_graph(root, depth_)},
      rows_(around.rows_),
      around_(&around),
      as_(nullptr),
      start_(start),
      split_(true) {}

// Where a missing row counts, or a relation under a name, the query begins at the root, whose joins may be
// outer; else at the first rows that are many.
term planner::plan_split(const expression& node, condition_scope in) {
    many_paths found(rows_.head(), node);
    const auto* null = node.kind() == expression_kind::is_null ? &node_as<is_null_node>(node) : nullptr;
    if (found.several || !found.relations.empty() || (null && null->yes)) found.start = {};
    const bool whole = found.start.empty();
    planner inside(*this, whole ? *plan_.root : *found.start.back().into, found.start);
    plan& made = inside.plan_;
    for (const relate_clause* each : found.relations) inside.plan_relation(*each);
    inside.plan_split_filter(node);
    if (whole) {
        made.where.push_back(equal_to_outer({0, &row_key()}, {0, &row_key()}));
    } else {
        correlate(made, found.start, in.only);
    }
    return {.node = &node, .inner = std::make_shared<const plan>(inside.finish())};
}

// Where the same filter() has joined these rows already, the condition is about the joined row.
void planner::correlate(plan& inside, std::span<const hop> start, const reusable* shared) {
    const hop& many = start.back();
    std::size_t at = 0;
    for (const hop& via : start.first(start.size() - 1)) at = plan_.joins.follow(at, via);
    if (const std::size_t joined = shared ? plan_.joins.find(at, many, *shared) : 0)
        inside.where.push_back(equal_to_outer({0, &inside.root->key()}, {joined, &inside.root->key()}));
    const destination to = plan_.joins.walk(0, start.first(start.size() - 1), *many.from);
    inside.where.push_back(equal_to_outer({0, many.to}, to.column));
}

void planner::plan_split_filter(const expression& node) {
    reusable shared;
    source_list needed;
    plan_.where.push_back(plan_condition(node, {.negated = false, .only = &shared}, needed));
    plan_.joins.demote(needed);
}

// What the query around this one means by it, if it is no path that begins here.
bool planner::belongs_around(const expression& node) const {
    if (!split_) return false;
    if (node.kind() == expression_kind::named || node.kind() == expression_kind::outer) return true;
    if (node.kind() == expression_kind::aggregate || node.kind() == expression_kind::window) return true;
    if (node.kind() != expression_kind::field) return false;
    const auto& field = node_as<field_node>(node);
    if (!field.through.empty()) return !has_relation(field.through);
    return !start_.empty() && !begins_with(field.where.hops, start_);
}

bool planner::has_relation(std::string_view name) const noexcept {
    return std::any_of(plan_.relations.begin(), plan_.relations.end(),
                       [name](const planned_relation& each) { return each.name == name; });
}

term planner::plan_around(const expression& node) {
    return seen_from_inside(around_->plan_any(node, nullptr));
}

}  // namespace orm::inline v0::sql
