// Queries around a query: filters on windows, DISTINCT ON in another order.
#include "derived.hpp"
#include "planner.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <utility>

namespace orm::inline v0::sql {

namespace {

bool selects(const plan& rows, const term& value) noexcept {
    return std::any_of(rows.selection.begin(), rows.selection.end(),
                       [&value](const selected_term& each) { return same_term(each.what, value); });
}

bool is_distinct_on(const plan& rows, const term& value) noexcept {
    return std::any_of(rows.distinct_on.begin(), rows.distinct_on.end(),
                       [&value](const term& each) { return same_term(each, value); });
}

// PostgreSQL compares the two lists as sets, as long as the ordering's reaches.
bool begins_with_distinct_on(const plan& rows) noexcept {
    if (rows.order.empty()) return true;
    std::size_t leading = 0;
    while (leading < rows.order.size() && is_distinct_on(rows, rows.order[leading].by)) ++leading;
    return leading == rows.order.size() || leading >= rows.distinct_on.size();
}

void refuse_correlated(const plan& rows, const term& of) {
    if (node_as<subquery_node>(*of.node).outer.empty()) return;
    throw query_error(std::string(rows.root->model) +
                      ": a window cannot be looked up in a QuerySet that refers to this one: annotate the "
                      "QuerySet's value first, and compare with that");
}

term after_windows(term of, derived_rows& rows);

void parts_after_windows(term& of, derived_rows& rows) {
    for (term& part : of.parts) part = after_windows(std::move(part), rows);
}

// The right side of `in` has to stay a query; values are bound where they stand.
term after_windows(term of, derived_rows& rows) {
    if (of.kind() == expression_kind::value || of.kind() == expression_kind::constant) return of;
    const bool condition = of.node && is_condition(of.kind());
    if (!condition || !has_window(of)) return rows.lift(std::move(of));
    if (of.kind() == expression_kind::compare && of.parts[1].kind() == expression_kind::subquery &&
        node_as<compare_node>(*of.node).lookup == lookup_kind::in) {
        refuse_correlated(rows.rows, of.parts[1]);
        of.parts[0] = after_windows(std::move(of.parts[0]), rows);
    } else {
        parts_after_windows(of, rows);
    }
    return of;
}

}  // namespace

derived_rows::derived_rows(plan of, std::string_view name) : rows(std::move(of)) {
    as_.model = rows.root->model;
    as_.name = name;
    for (std::size_t i = columns_of(rows).size(); i > 0; --i) add_column();
}

// Everything may be NULL: a guard too many does no harm.
void derived_rows::add_column() {
    names_.push_back("c" + std::to_string(names_.size() + 1));
    columns_.push_back({.name = names_.back(), .nullable = true});
    columns_.back().type = type_of(columns_of(rows)[columns_.size() - 1].what);
}

term derived_rows::lift(term value) {
    const auto& known = rows.selection;
    const auto at = std::find_if(known.begin(), known.end(),
                                 [&value](const selected_term& each) { return same_term(each.what, value); });
    const auto position = static_cast<std::size_t>(at - known.begin());
    if (at == known.end()) {
        rows.selection.push_back({{}, std::move(value)});
        add_column();
    }
    return column(position);
}

plan plan_over(const std::shared_ptr<derived_rows>& rows, std::size_t depth) {
    plan made{.root = &rows->as(), .joins = join_graph(rows->as(), depth)};
    made.from = rows;
    made.empty = rows->rows.empty;
    return made;
}

const std::vector<selected_term>& columns_of(const plan& rows) noexcept {
    return rows.members.empty() ? rows.selection : columns_of(rows.members.front());
}

const type& type_of(const term& of) noexcept {
    if (of.kind() == expression_kind::outer && !of.parts.empty()) return type_of(of.parts.front());
    return of.node ? of.node->type() : of.column.of->type;
}

bool has_window(const term& of) noexcept {
    if (of.kind() == expression_kind::window) return true;
    if (of.kind() == expression_kind::outer) return false;
    return std::any_of(of.parts.begin(), of.parts.end(), has_window);
}

plan outside(plan inner, std::string_view name, std::size_t depth) {
    std::vector<selected_term> selection = std::exchange(inner.selection, {});
    std::vector<order_term> order = std::exchange(inner.order, {});
    const row_range range = std::exchange(inner.range, {});
    const slice_clause* slice = std::exchange(inner.slice, nullptr);
    const auto rows = std::make_shared<derived_rows>(std::move(inner), name);
    plan made = plan_over(rows, depth);
    made.range = range;
    made.slice = slice;
    for (selected_term& each : selection)
        made.selection.push_back({std::move(each.name), rows->lift(std::move(each.what))});
    for (order_term& each : order) made.order.push_back({rows->lift(std::move(each.by)), each.how});
    return made;
}

plan filter_windows(plan inner, std::vector<term> conditions, std::size_t depth) {
    std::vector<term> distinct_on = std::exchange(inner.distinct_on, {});
    const bool distinct = std::exchange(inner.distinct, false);
    plan made = outside(std::move(inner), "qualify", depth);
    derived_rows& rows = *made.from;
    for (term& each : conditions) made.where.push_back(after_windows(std::move(each), rows));
    for (term& each : distinct_on) made.distinct_on.push_back(rows.lift(std::move(each)));
    made.distinct = distinct;
    settle(rows.rows);
    return made;
}

plan distinct_on_in_order(plan inner, std::size_t depth) {
    if (inner.distinct_on.empty() || begins_with_distinct_on(inner)) return inner;
    std::vector<order_term> order;
    for (const term& each : inner.distinct_on) order.push_back({each, {}});
    for (const order_term& each : inner.order)
        if (!is_distinct_on(inner, each.by)) order.push_back(each);
    plan made = outside(std::move(inner), "distinct", depth);
    made.from->rows.order = std::move(order);
    return made;
}

plan only_selected(plan inner, std::size_t depth) {
    const bool all = std::all_of(inner.order.begin(), inner.order.end(),
                                 [&inner](const order_term& each) { return selects(inner, each.by); });
    if (!inner.distinct || all) return inner;
    return outside(std::move(inner), "distinct", depth);
}

// Conditions on windows move out first: what is distinct and in which order is decided after them.
plan planner::finish() {
    refuse_unlockable(plan_);
    std::vector<term> qualify = std::exchange(plan_.qualify, {});
    if (!qualify.empty()) {
        plan_ = filter_windows(std::move(plan_), std::move(qualify), depth_);
        settle(plan_);
    } else {
        settle(plan_);
    }
    return distinct_on_in_order(std::move(plan_), depth_);
}

void settle(plan& of) {
    const auto each_of = [&of](std::vector<term>& terms) {
        for (term& each : terms) settle_guards(of.joins, each, false);
    };
    each_of(of.where);
    each_of(of.having);
    each_of(of.group_by);
    each_of(of.distinct_on);
    for (selected_term& each : of.selection) settle_guards(of.joins, each.what, false);
    for (order_term& each : of.order) settle_guards(of.joins, each.by, false);
    for (planned_relation& each : of.relations) settle_guards(of.joins, each.condition, false);
}

}  // namespace orm::inline v0::sql
