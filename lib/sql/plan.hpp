// A query's plan: everything decided, nothing left to the renderer but spelling.
// It points into the query it was made from and must not outlive it.
#pragma once

#include "clause.hpp"
#include "joins.hpp"
#include "nodes.hpp"

#include <asynchrormous/sql/query.hpp>

#include <span>
#include <vector>

namespace orm::inline v0::sql {

// A scalar: a column, or a value to bind.
struct operand {
    const parameter* bound = nullptr;  // null: the column
    column_ref column{};

    friend bool operator==(const operand& a, const operand& b) noexcept {
        if (a.bound || b.bound) return a.bound == b.bound;
        return a.column == b.column;
    }
};

enum class condition_kind : std::uint8_t { group, compare, between, is_null };

struct condition {
    condition_kind kind = condition_kind::group;
    // group
    connector by = connector::all;
    bool negated = false;
    std::vector<condition> children{};
    // compare, between (left, right and high), is_null (left)
    lookup_kind lookup = lookup_kind::exact;
    operand left{}, right{}, high{};
    bool yes = false;
    // Under a negation: `AND column IS NOT NULL`, since NOT (NULL = x) is not true.
    bool guard_left = false;
    bool guard_right = false;
};

struct order_term {
    column_ref by{};
    bool descending = false;
};

struct plan {
    const table* root;
    join_graph joins;
    std::vector<condition> where{};  // one for each filter, all must hold
    std::vector<operand> selection{};
    std::vector<order_term> order{};
    window range{};
    bool distinct = false;
    bool empty = false;  // no row can match

    bool sliced() const noexcept { return !range.everything(); }
};

// The steps, in the order in which they are taken.
plan plan_conditions(const query& rows);             // where, joins, slice, distinct
void plan_selection(plan& into, const query& rows);  // select() or the model's columns
void plan_ordering(plan& into, const query& rows);   // order_by() or the model's ordering; reverse()

// A scalar expression in the plan's terms, joining what it needs.
operand plan_operand(plan& into, const expression& scalar);

// One condition of filter(): adds it and settles the join types.
void plan_filter(plan& into, const expression_ptr& what);

}  // namespace orm::inline v0::sql
