// Aggregates over relations with many rows, of which a query joins more than one: each would count the rows
// of the others. Django gives the product; here such an aggregate is computed by a query of its own for each
// row of the model.
#include "planner.hpp"

#include <asynchrormous/sql/pending_filter.hpp>

#include <algorithm>

namespace orm::inline v0::sql {

namespace {

using hop_list = std::span<const hop>;

struct many_use {
    hop_list start{};        // to the first rows that are many
    hop_list reach{};        // to the last
    std::size_t clause = 0;  // in the order in which they were added
    const expression* of{};  // the aggregate; null: the query joins these rows itself
    bool isolable = true;
};

hop_list hops_to_last_many(const path& where) noexcept {
    std::size_t size = where.hops.size();
    while (size > 0 && !where.hops[size - 1].many) --size;
    return where.hops.first(size);
}

// What an expression joins: fields by themselves, and those of each aggregate together.
class use_finder {
public:
    use_finder(std::vector<many_use>& into, std::size_t clause) noexcept : found_(into), clause_(clause) {}

    void visit(const expression& node, many_use* aggregate = nullptr) {
        if (node.kind() == expression_kind::field) return visit_field(node_as<field_node>(node), aggregate);
        if (node.kind() == expression_kind::named || node.kind() == expression_kind::outer) {
            if (aggregate) aggregate->isolable = false;
            return;
        }
        if (node.kind() == expression_kind::aggregate && !aggregate) {
            many_use own{.clause = clause_, .of = &node};
            for (const expression_ptr& each : node.operands()) visit(*each, &own);
            if (!own.start.empty()) found_.push_back(own);
            return;
        }
        for (const expression_ptr& each : node.operands()) visit(*each, aggregate);
    }

private:
    void visit_field(const field_node& field, many_use* aggregate) {
        if (aggregate && !field.through.empty()) aggregate->isolable = false;
        const hop_list start = hops_to_many(field.where);
        if (start.empty()) return;
        const hop_list reach = hops_to_last_many(field.where);
        if (!aggregate) return found_.push_back({.start = start, .reach = reach, .clause = clause_});
        if (!aggregate->start.empty() && !same_hops(aggregate->start, start)) aggregate->isolable = false;
        aggregate->start = start;
        if (reach.size() > aggregate->reach.size()) aggregate->reach = reach;
    }

    std::vector<many_use>& found_;
    std::size_t clause_;
};

void find_uses(const clause& link, std::size_t position, std::vector<many_use>& found) {
    use_finder finder(found, position);
    switch (link.kind()) {
        case clause_kind::filter:
            return finder.visit(*clause_as<filter_clause>(link).condition);
        case clause_kind::pending_filter:
            return finder.visit(*clause_as<pending_filter>(link).tree());
        case clause_kind::annotate:
            return finder.visit(*clause_as<annotate_clause>(link).what);
        case clause_kind::order_by:
            for (const ordering& each : clause_as<order_clause>(link).terms) finder.visit(*each.by);
            return;
        case clause_kind::select:
            for (const selected_column& each : clause_as<select_clause>(link).columns)
                finder.visit(*each.what);
            return;
        default:
            return;
    }
}

// What was joined before is what an aggregate of the same rows is of: filter().annotate(). Another join,
// before or after, multiplies.
bool needs_isolation(const many_use& aggregate, const std::vector<many_use>& all) noexcept {
    bool multiplied = false;
    for (const many_use& other : all) {
        if (other.of == aggregate.of) continue;
        if (!other.of && other.clause < aggregate.clause && same_hops(other.start, aggregate.start))
            return false;
        multiplied = multiplied || !same_hops(other.reach, aggregate.reach) ||
                     (!other.of && other.clause > aggregate.clause);
    }
    return multiplied;
}

}  // namespace

// Only where the rows of the model are the groups: others have no key to be found by.
void planner::find_isolated(const std::vector<const clause*>& chain) {
    std::vector<many_use> uses;
    for (std::size_t i = chain.size(); i-- > 0;) {
        const bool first = std::none_of(uses.begin(), uses.end(), [](const many_use& use) { return use.of; });
        if (chain[i]->kind() == clause_kind::select && first) return;
        find_uses(*chain[i], chain.size() - i, uses);
    }
    for (const many_use& use : uses)
        if (use.of && use.isolable && needs_isolation(use, uses)) isolated_.push_back(use.of);
}

bool planner::isolates(const expression& node) const noexcept {
    return std::find(isolated_.begin(), isolated_.end(), &node) != isolated_.end();
}

bool planner::joins_many() const noexcept {
    return std::any_of(plan_.joins.sources().begin() + 1, plan_.joins.sources().end(),
                       [](const row_source& join) { return join.used && join.via.many; });
}

planner::planner(planner& around, const table& root)
    : depth_(around.depth_ + 1),
      plan_{.root = &root, .joins = join_graph(root, depth_)},
      rows_(around.rows_),
      around_(&around),
      as_(nullptr) {}

term planner::plan_isolated(const expression& node) {
    planner inside(*this, *plan_.root);
    inside.plan_.selection.push_back({{}, inside.plan_value(node)});
    inside.plan_.where.push_back(equal_to_outer({0, &row_key()}, {0, &row_key()}));
    plan_.made.push_back(subquery(subquery_kind::scalar, query(*plan_.root), {}, node.type()));
    return {.node = plan_.made.back().get(), .inner = std::make_shared<const plan>(inside.finish_inner())};
}

}  // namespace orm::inline v0::sql
