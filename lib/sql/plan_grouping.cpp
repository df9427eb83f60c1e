// GROUP BY and HAVING, where the query has aggregates: by the values() before the first of them, else by the
// model's primary key, on which every other column of its table depends.
#include "derived.hpp"
#include "planner.hpp"

#include <algorithm>

namespace orm::inline v0::sql {

namespace {

class grouping {
public:
    grouping(std::vector<term>& by, bool by_key) noexcept : by_(by), by_key_(by_key) {}

    // What is selected, compared or ordered by must be the same for the whole group.
    void add(const term& what) {
        switch (what.kind()) {
            case expression_kind::value:
            case expression_kind::constant:
            case expression_kind::aggregate:
            case expression_kind::outer:
                return;
            case expression_kind::named:
                return add(what.parts.front());
            case expression_kind::window:
                return add_window(what);
            case expression_kind::field:
                if (!by_key_ || what.column.source != 0) push(what);
                return;
            default:
                break;
        }
        if (known(what)) return;
        if (what.inner) add_outer(*what.inner, 1);
        if (by_key_ || has_aggregate(what) || has_window(what))
            add_parts(what);
        else if (!what.inner)
            push(what);
    }

    // Of values() and the rows: a query inside is one value of the group, whatever it sees of the rows
    // around.
    void add_selected(const term& what) {
        if (what.kind() == expression_kind::named) return add_selected(what.parts.front());
        if (what.inner && !by_key_ && !has_aggregate(what) && !has_window(what)) return push(what);
        add(what);
    }

    // Of HAVING: what a condition compares, so that it can be compared for the whole group.
    void add_condition(const term& what) {
        if (!is_condition(what.kind())) return add(what);
        if (what.inner) add_outer(*what.inner, 1);
        for (const term& part : what.parts) add_condition(part);
    }

private:
    void add_parts(const term& of) {
        for (const term& part : of.parts) add(part);
    }

    // The function of a window is computed from groups: what it is given has to be the same for each.
    void add_window(const term& of) {
        add_parts(of.parts.front());
        for (std::size_t i = 1; i < of.parts.size(); ++i) add(of.parts[i]);
    }

    // What a query inside sees of the one `level` queries around it.
    void add_outer(const plan& inner, std::size_t level) {
        for (const term& each : inner.where) add_outer(each, level);
        for (const term& each : inner.having) add_outer(each, level);
        for (const selected_term& each : inner.selection) add_outer(each.what, level);
        for (const order_term& each : inner.order) add_outer(each.by, level);
        for (const plan& each : inner.members) add_outer(each, level);
    }

    void add_outer(const term& in, std::size_t level) {
        if (in.inner) add_outer(*in.inner, level + 1);
        if (in.kind() == expression_kind::outer && !in.parts.empty())
            return level == 1 ? add(in.parts.front()) : add_outer(in.parts.front(), level - 1);
        for (const term& part : in.parts) add_outer(part, level);
    }

    bool known(const term& what) const noexcept {
        return std::any_of(by_.begin(), by_.end(),
                           [&what](const term& each) { return same_term(each, what); });
    }

    void push(const term& what) {
        if (!known(what)) by_.push_back(what);
    }

    std::vector<term>& by_;
    const bool by_key_;
};

bool aggregates(const planned_annotation& each) noexcept { return has_aggregate(each.what); }

}  // namespace

// The selection that was there when the first aggregate was added.
const select_clause* planner::grouping_selection() const {
    const auto first = std::find_if(plan_.annotations.begin(), plan_.annotations.end(), aggregates);
    if (first == plan_.annotations.end()) return nullptr;
    const clause* link = &rows_.head();
    while (link->kind() != clause_kind::annotate || clause_as<annotate_clause>(*link).name != first->name)
        link = link->previous().get();
    const clause* chosen = newest(*link, clause_kind::select);
    return chosen ? &clause_as<select_clause>(*chosen) : nullptr;
}

// The database knows no key of what is no table.
void planner::group_by_rows() {
    if (!newest(rows_.head(), clause_kind::from)) return plan_.group_by.push_back(plan_key());
    for (const column& own : plan_.root->columns) plan_.group_by.push_back(term_of_column({0, &own}));
}

// The model's own ordering says nothing about groups and is dropped; an explicit one is part of them.
void planner::plan_grouping() {
    const bool selected = std::any_of(plan_.selection.begin(), plan_.selection.end(),
                                      [](const selected_term& each) { return has_aggregate(each.what); });
    const bool apart = !isolated_.empty() && joins_many();  // one row for each group all the same
    if (!selected && plan_.having.empty() && !apart &&
        std::none_of(plan_.annotations.begin(), plan_.annotations.end(), aggregates))
        return;
    plan_.grouped = true;
    const select_clause* chosen = grouping_selection();
    if (!chosen) {
        refuse_multiplied(plan_);
        group_by_rows();
    } else {
        std::vector<term> computed;
        for (const planned_annotation& each : plan_.annotations) computed.push_back(each.what);
        refuse_multiplied_by_each_other(plan_, computed);
    }
    grouping groups(plan_.group_by, !chosen);
    if (chosen)
        for (const selected_column& each : chosen->columns) groups.add_selected(plan_value(*each.what));
    for (const selected_term& each : plan_.selection) groups.add_selected(each.what);
    for (const term& each : plan_.having) groups.add_condition(each);
    for (const term& each : plan_.distinct_on) groups.add(each);
    if (!newest(rows_.head(), clause_kind::order_by)) plan_.order.clear();
    for (const order_term& each : plan_.order) groups.add(each.by);
}

}  // namespace orm::inline v0::sql
