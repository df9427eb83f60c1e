// ORDER BY: a foreign key stands for the default ordering of the model it points to, as deep as that leads.
#include "plan.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

namespace {

struct path_term {
    const path* where;
    transform part = transform::none;
    bool descending = false;
    bool by_column = false;
};

class ordering_planner {
public:
    explicit ordering_planner(plan& into) noexcept : plan_(into) {}

    void add_default(const table& of, std::size_t source, bool descending) {
        refuse_cycle(of);
        expanding_.push_back(&of);
        for (const path_order& term : of.ordering())
            add({.where = &term.path,
                 .descending = term.descending != descending,
                 .by_column = term.by_column},
                source);
        expanding_.pop_back();
    }

    void add(const path_term& term, std::size_t source) {
        const column& target = *term.where->target;
        if (target.target && !term.by_column && term.part == transform::none &&
            has_ordering(*target.target)) {
            for (const column* via : term.where->hops) source = plan_.joins.hop(source, *via);
            add_default(*target.target, plan_.joins.hop(source, target), term.descending);
            return;
        }
        add_column(plan_.joins.walk(source, term.where->hops, target, term.part).column, term.descending);
    }

private:
    static bool has_ordering(const table& of) { return of.ordering && !of.ordering().empty(); }

    // Ordering twice by the same column is ordering by it once.
    void add_column(const column_ref& by, bool descending) {
        const bool known = std::any_of(plan_.order.begin(), plan_.order.end(),
                                       [&by](const order_term& term) { return term.by == by; });
        if (!known) plan_.order.push_back({by, descending});
    }

    void refuse_cycle(const table& of) const {
        const auto again = std::find_if(expanding_.begin(), expanding_.end(),
                                        [&of](const table* seen) { return seen->name == of.name; });
        if (again == expanding_.end()) return;
        std::string chain;
        for (auto model = again; model != expanding_.end(); ++model)
            chain += std::string((*model)->model) + " -> ";
        throw query_error("the default ordering of " + std::string(of.model) + " leads back to itself (" +
                          chain + std::string(of.model) +
                          "): order by a column of the related model, or by its key");
    }

    plan& plan_;
    std::vector<const table*> expanding_;
};

bool reversed(const query& rows) noexcept {
    bool odd = false;
    for (const clause* link = &rows.head(); link; link = link->previous().get())
        if (link->kind() == clause_kind::reverse) odd = !odd;
    return odd;
}

}  // namespace

void plan_ordering(plan& into, const query& rows) {
    const bool flip = reversed(rows);
    ordering_planner planner(into);
    const clause* chosen = newest(rows.head(), clause_kind::order_by);
    if (!chosen) {
        if (rows.ordered()) planner.add_default(*into.root, 0, flip);
        return;
    }
    for (const ordering& term : clause_as<order_clause>(*chosen).terms) {
        const auto& field = node_as<field_node>(*term.by);
        planner.add({&field.where, field.part, term.descending != flip, term.by_column}, 0);
    }
}

}  // namespace orm::inline v0::sql
