// Annotations that a count does not need: nothing looks at them, and without them there are as many rows.
#include "plan_unused.hpp"

#include "nodes.hpp"

#include <asynchrormous/sql/pending_filter.hpp>

#include <algorithm>
#include <string_view>
#include <utility>

namespace orm::inline v0::sql {

namespace {

// What an expression refers to, computes from groups, and joins by itself.
struct expression_uses {
    std::vector<std::string_view> names{};
    bool aggregate = false;
    bool many = false;  // outside of aggregates: more rows, or a relation that the query has under a name

    void visit(const expression& node, bool aggregated = false) {
        switch (node.kind()) {
            case expression_kind::named:
                names.push_back(node_as<named_node>(node).name);
                break;
            case expression_kind::field:
                many = many || (!aggregated && multiplies(node_as<field_node>(node)));
                break;
            case expression_kind::aggregate:
                aggregate = aggregated = true;
                break;
            case expression_kind::subquery:
                for (const outer_binding& each : node_as<subquery_node>(node).outer) visit(*each.what);
                break;
            default:
                break;
        }
        for (const expression_ptr& each : node.operands()) visit(*each, aggregated);
    }

private:
    static bool multiplies(const field_node& field) noexcept {
        return !field.through.empty() || std::any_of(field.where.hops.begin(), field.where.hops.end(),
                                                     [](const hop& each) { return each.many; });
    }
};

expression_uses uses_of(const expression& what) {
    expression_uses uses;
    uses.visit(what);
    return uses;
}

// Without the last aggregate there are no groups, which may have merged rows that a condition multiplied; and
// another aggregate's rows depend on which of the clauses joined them first.
class unused_finder {
public:
    // Newest first, so that what only unused ones refer to is unused, too.
    std::vector<const clause*> find(const query& rows) {
        for (const clause* link = &rows.head(); link; link = link->previous().get()) visit(*link);
        if (!known_) return {};
        if (!many_) return std::move(unused_);
        std::erase_if(unused_, [this](const clause* each) {
            return std::find(aggregates_.begin(), aggregates_.end(), each) != aggregates_.end();
        });
        return std::move(unused_);
    }

private:
    void visit(const clause& link) {
        switch (link.kind()) {
            case clause_kind::source:
            case clause_kind::order_by:  // nobody counts in an order
            case clause_kind::reverse:
            case clause_kind::none:
            case clause_kind::lock:
            case clause_kind::load:
            case clause_kind::relate:
                return;
            case clause_kind::filter:
                return keep(uses_of(*clause_as<filter_clause>(link).condition));
            case clause_kind::pending_filter:
                return keep(uses_of(*clause_as<pending_filter>(link).tree()));
            case clause_kind::annotate:
                return visit_annotation(clause_as<annotate_clause>(link));
            case clause_kind::slice:
            case clause_kind::distinct:
            case clause_kind::distinct_on:
            case clause_kind::select:
            case clause_kind::from:
            case clause_kind::with:
            case clause_kind::tree:
            case clause_kind::combine:
                known_ = false;  // chooses rows by what is selected, or groups by it
                return;
        }
    }

    void keep(const expression_uses& uses) {
        names_.insert(names_.end(), uses.names.begin(), uses.names.end());
        many_ = many_ || uses.many;
    }

    void visit_annotation(const annotate_clause& link) {
        const expression_uses uses = uses_of(*link.what);
        const bool used = std::find(names_.begin(), names_.end(), link.name) != names_.end();
        if (used || uses.many) return keep(uses);
        unused_.push_back(&link);
        if (uses.aggregate) aggregates_.push_back(&link);
    }

    std::vector<std::string_view> names_{};
    std::vector<const clause*> unused_{}, aggregates_{};
    bool known_ = true;
    bool many_ = false;
};

}  // namespace

std::vector<const clause*> unused_annotations(const query& rows) { return unused_finder().find(rows); }

}  // namespace orm::inline v0::sql
