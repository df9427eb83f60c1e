// ORDER BY: a foreign key stands for the default ordering of the model it points to, as deep as that leads.
#include "planner.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <string>

namespace orm::inline v0::sql {

// Paths of fields, with the default orderings they lead to.
class ordering_planner {
public:
    explicit ordering_planner(planner& of) noexcept : planner_(of), joins_(of.plan_.joins) {}

    void add_default(const table& of, std::size_t source, bool descending) {
        refuse_cycle(of);
        expanding_.push_back(&of);
        for (const path_order& term : of.ordering())
            add_path(term.path, term.by_column, source, {term.descending != descending});
        expanding_.pop_back();
    }

    void add_path(const path& where, bool by_column, std::size_t source, direction how) {
        const column& target = *where.target;
        const bool of_rows = leads_to_rows(where);
        const table* related = of_rows ? where.hops.back().into : target.target;
        if (related && !by_column && has_ordering(*related)) {
            for (const hop& via : where.hops) source = joins_.follow(source, via);
            if (!of_rows) source = joins_.follow(source, join_graph::hop_of(target));
            add_default(*related, source, how.descending);
            return;
        }
        add(term_of_column(joins_.walk(source, where.hops, target).column), how);
    }

    // Ordering twice by the same value is ordering by it once.
    void add(term by, direction how) {
        std::vector<order_term>& order = planner_.plan_.order;
        const bool known = std::any_of(order.begin(), order.end(),
                                       [&by](const order_term& term) { return same_term(term.by, by); });
        if (!known) order.push_back({std::move(by), how});
    }

private:
    // "books", a relation without a column, is the key of the rows it leads to.
    static bool leads_to_rows(const path& where) {
        return !where.hops.empty() && where.target->name == where.hops.back().into->key().name;
    }

    static bool has_ordering(const table& of) { return of.ordering && !of.ordering().empty(); }

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

    planner& planner_;
    join_graph& joins_;
    std::vector<const table*> expanding_;
};

namespace {

bool reversed(const query& rows) noexcept {
    bool odd = false;
    for (const clause* link = &rows.head(); link; link = link->previous().get())
        if (link->kind() == clause_kind::reverse) odd = !odd;
    return odd;
}

nulls_order flipped(nulls_order nulls) noexcept {
    if (nulls == nulls_order::unset) return nulls;
    return nulls == nulls_order::first ? nulls_order::last : nulls_order::first;
}

}  // namespace

std::vector<ordering> chosen_order(const query& rows) {
    const clause* chosen = newest(rows.head(), clause_kind::order_by);
    if (!chosen) return {};
    const std::span<const ordering> asked = clause_as<order_clause>(*chosen).terms;
    std::vector<ordering> terms(asked.begin(), asked.end());
    if (!reversed(rows)) return terms;
    for (ordering& each : terms) {
        each.descending = !each.descending;
        each.nulls = flipped(each.nulls);
    }
    return terms;
}

// An aggregate makes groups only where it is annotated.
term planner::plan_ordered(const expression& by) {
    term made = plan_value(by);
    const bool grouped = std::any_of(plan_.annotations.begin(), plan_.annotations.end(),
                                     [](const planned_annotation& each) { return has_aggregate(each.what); });
    if (has_aggregate(made) && !grouped)
        throw query_error(std::string(plan_.root->model) +
                          ": order_by() takes no aggregate of its own: annotate() it and order by its name");
    return made;
}

void planner::plan_ordering() {
    ordering_planner terms(*this);
    if (!newest(rows_.head(), clause_kind::order_by)) {
        if (rows_.ordered()) terms.add_default(*plan_.root, 0, reversed(rows_));
        return;
    }
    for (const ordering& each : chosen_order(rows_)) {
        const direction how{each.descending, each.nulls};
        if (const auto* field = node_if<field_node>(each.by))
            terms.add_path(field->where, each.by_column, source_of(*field), how);
        else
            terms.add(plan_ordered(*each.by), how);
    }
}

}  // namespace orm::inline v0::sql
