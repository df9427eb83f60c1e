// What is left of a combination's members, and what their columns mean to what follows.
#include "combination.hpp"

#include <asynchrormous/sql/error.hpp>

#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace orm::inline v0::sql {

namespace {

const combine_clause& combination_of(const query& rows) noexcept {
    return clause_as<combine_clause>(*newest(rows.head(), clause_kind::combine));
}

bool has_selection(const query& rows) {
    if (newest(rows.head(), clause_kind::select)) return true;
    if (!rows.combined()) return false;
    const std::vector<query>& members = combination_of(rows).members;
    return std::any_of(members.begin(), members.end(), has_selection);
}

void check_columns(const plan& first, const plan& other) {
    const std::size_t wanted = columns_of(first).size(), has = columns_of(other).size();
    if (wanted == has) return;
    throw query_error(std::string(first.root->model) + " has " + std::to_string(wanted) +
                      " columns here and " + std::string(other.root->model) + " has " + std::to_string(has) +
                      ": QuerySets that are combined need the same columns; give both the same values()");
}

// Which column a field is, where the rows are those of tables.
std::optional<std::size_t> position_of_field(const plan& rows, const field_node& field) {
    if (!field.through.empty() || field.where.root->name != rows.root->name) return std::nullopt;
    join_graph joins = rows.joins;
    const column_ref wanted = joins.walk(0, field.where.hops, *field.where.target).column;
    for (std::size_t i = 0; i < rows.selection.size(); ++i) {
        const term& each = rows.selection[i].what;
        if (each.kind() == expression_kind::field && each.column == wanted) return i;
    }
    return std::nullopt;
}

std::optional<std::size_t> position_of_column(const plan& rows, const column* wanted) {
    for (std::size_t i = 0; i < rows.selection.size(); ++i)
        if (rows.selection[i].what.column.of == wanted) return i;
    return std::nullopt;
}

// Which column of the rows an expression is: a field or a name that the first member selects, or the very
// value.
std::optional<std::size_t> position_of(const plan& rows, const expression& node) {
    if (!rows.members.empty()) return position_of(rows.members.front(), node);
    for (std::size_t i = 0; i < rows.selection.size(); ++i) {
        const selected_term& each = rows.selection[i];
        if (each.what.node == &node) return i;
        if (node.kind() == expression_kind::named && node_as<named_node>(node).name == each.name) return i;
    }
    if (rows.from) {
        const std::optional<std::size_t> inside = position_of(rows.from->rows, node);
        return inside ? position_of_column(rows, rows.from->column(*inside).column.of) : std::nullopt;
    }
    if (node.kind() != expression_kind::field) return std::nullopt;
    return position_of_field(rows, node_as<field_node>(node));
}

[[noreturn]] void refuse_unselected(const plan& rows, const expression& node) {
    std::string name = "this value";
    if (node.kind() == expression_kind::field)
        name = '"' + std::string(node_as<field_node>(node).where.target->field) + '"';
    else if (node.kind() == expression_kind::named)
        name = '"' + std::string(node_as<named_node>(node).name) + '"';
    throw query_error(
        std::string(rows.root->model) + ": " + name +
        " is not among the columns of the combined QuerySets, and only these can be ordered by or "
        "aggregated: add it to their values(), or use a column that they have");
}

// Expressions over the columns of a combination.
class combined_terms {
public:
    explicit combined_terms(const derived_rows& rows) noexcept : rows_(rows) {}

    term of(const expression& node) const {
        if (const auto position = position_of(rows_.rows, node)) return rows_.column(*position);
        switch (node.kind()) {
            case expression_kind::field:
            case expression_kind::named:
            case expression_kind::outer:
            case expression_kind::subquery:
                refuse_unselected(rows_.rows, node);
            default:
                break;
        }
        term made{.node = &node};
        for (const expression_ptr& operand : node.operands()) made.parts.push_back(of(*operand));
        return made;
    }

private:
    const derived_rows& rows_;
};

bool orders_by_relation(const ordering& by) noexcept {
    const auto* field = node_if<field_node>(by.by);
    if (!field || by.by_column) return false;
    const path& where = field->where;
    const bool of_rows = !where.hops.empty() && where.target->name == where.hops.back().into->key().name;
    const table* related = of_rows ? where.hops.back().into : where.target->target;
    return related && related->ordering && !related->ordering().empty();
}

struct positions {
    std::vector<order_term> terms{};
    bool all = true;  // no other values than columns
};

positions find_positions(const plan& rows, const std::vector<ordering>& order) {
    positions found;
    for (const ordering& each : order) {
        if (orders_by_relation(each)) refuse_unselected(rows, *each.by);
        const std::optional<std::size_t> position = position_of(rows, *each.by);
        found.all = found.all && position;
        found.terms.push_back({{}, {each.descending, each.nulls}, position.value_or(0) + 1});
    }
    return found;
}

// Around the rows of a combination: its ordering is by values of the columns, or some columns are left out.
plan around_rows(plan inner, const std::vector<ordering>& order, std::size_t depth) {
    const auto rows = std::make_shared<derived_rows>(std::move(inner), "combined");
    plan made = plan_over(rows, depth);
    for (const ordering& each : order)
        made.order.push_back({combined_terms(*rows).of(*each.by), {each.descending, each.nulls}});
    return made;
}

void select_all(plan& outer) {
    const std::vector<selected_term>& names = columns_of(outer.from->rows);
    for (std::size_t i = 0; i < names.size(); ++i)
        outer.selection.push_back({names[i].name, outer.from->column(i)});
}

void select_chosen(plan& outer, const select_clause& chosen) {
    for (const selected_column& each : chosen.columns)
        outer.selection.push_back({std::string(each.name), combined_terms(*outer.from).of(*each.what)});
}

void select_key(plan& outer, const table& of) {
    const auto key = field({&of, {}, &of.key()});
    const std::optional<std::size_t> position = position_of(outer.from->rows, *key);
    outer.selection.push_back({{}, outer.from->column(position.value_or(0))});
}

// Members without rows are left out of a union; they decide the others.
void add_members(plan& made, const combine_clause& all, const inner_query& in) {
    made.how = all.how;
    for (std::size_t i = 0; i < all.members.size(); ++i) {
        plan member = plan_inner(all.members[i], in);
        if (member.empty) {
            if (all.how == combinator::intersection || (all.how == combinator::difference && i == 0))
                made.empty = true;
            continue;
        }
        if (!made.members.empty()) check_columns(made.members.front(), member);
        made.members.push_back(std::move(member));
    }
    made.empty = made.empty || made.members.empty();
}

void slice_as(plan& made, const query& rows) {
    const clause* slice = newest(rows.head(), clause_kind::slice);
    if (!slice) return;
    made.slice = &clause_as<slice_clause>(*slice);
    made.range = made.slice->range;
}

void check_tables(const query& rows, const std::vector<query>& members) {
    for (const query& each : members)
        if (each.source().name != rows.source().name)
            throw query_error(std::string(rows.source().model) + ": columns of " +
                              std::string(rows.source().model) + " cannot be selected in the QuerySet of " +
                              std::string(each.source().model) +
                              " that is combined with it: call values() on both before");
}

// What the columns that were selected after the combination mean.
struct selection_way {
    const select_clause* chosen = nullptr;
    bool pushed = false;   // selected in the members, as Django does: these columns only are combined
    bool project = false;  // selected from the combined rows, whose members have chosen theirs
};

selection_way way_of(const query& rows, const inner_query& in) {
    const auto* own = newest(rows.head(), clause_kind::select);
    selection_way way{.chosen = in.columns};
    if (!way.chosen && own) way.chosen = &clause_as<select_clause>(*own);
    const bool key_of_slice = in.only_key && !way.chosen && rows.sliced();
    way.pushed = !has_selection(combination_of(rows).members.front()) && !key_of_slice;
    way.project = !way.pushed && (way.chosen || key_of_slice);
    if (way.pushed && way.chosen) check_tables(rows, combination_of(rows).members);
    return way;
}

void select_around(plan& outer, const selection_way& way, const table& of, std::size_t depth) {
    if (way.project && outer.distinct) {
        select_all(outer);
        outer = outside(std::move(outer), "combined", depth);
        outer.selection.clear();
    }
    if (!way.project) return select_all(outer);
    if (way.chosen) return select_chosen(outer, *way.chosen);
    select_key(outer, of);
}

}  // namespace

plan plan_combined(const query& rows, const inner_query& in) {
    const std::size_t depth = in.around ? in.around->depth() + 1 : 0;
    const selection_way way = way_of(rows, in);
    inner_query member = in;
    member.columns = way.pushed ? way.chosen : nullptr;
    member.only_key = way.pushed && in.only_key && !way.chosen;

    plan made{.root = &rows.source(), .joins = join_graph(rows.source(), depth)};
    add_members(made, combination_of(rows), member);
    made.empty = made.empty || rows.empty();
    if (made.empty) return made;

    // Of keys alone no ordering is left, and none is needed.
    const std::vector<ordering> order = member.only_key ? std::vector<ordering>() : chosen_order(rows);
    positions found = find_positions(made, order);
    const bool alone = made.members.size() == 1;
    if (!alone && found.all && !way.project) {
        made.order = std::move(found.terms);
        slice_as(made, rows);
        return made;
    }
    // One member alone is no combination, but its rows are still made distinct by it.
    const bool distinct = alone && made.how != combinator::union_all;
    plan outer = around_rows(alone ? std::move(made.members.front()) : std::move(made), order, depth);
    outer.distinct = distinct;
    slice_as(outer, rows);
    select_around(outer, way, rows.source(), depth);
    settle(outer);
    return only_selected(std::move(outer), depth);
}

plan plan_aggregate_of_combined(const query& rows, std::span<const expression_ptr> terms) {
    plan inner = plan_combined(rows, {});
    if (inner.empty) return inner;
    if (!inner.sliced()) inner.order.clear();
    const auto from = std::make_shared<derived_rows>(std::move(inner), "subquery");
    plan made = plan_over(from, 0);
    for (const expression_ptr& each : terms) made.selection.push_back({{}, combined_terms(*from).of(*each)});
    settle(made);
    return made;
}

}  // namespace orm::inline v0::sql
