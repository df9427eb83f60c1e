// A query's plan: everything decided, nothing left to the renderer but spelling.
// It points into the query it was made from and must not outlive it.
#pragma once

#include "clause.hpp"
#include "joins.hpp"
#include "nodes.hpp"

#include <asynchrormous/sql/query.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0::sql {

struct plan;
class derived_rows;

// A node of the query's trees with what was decided about it. A column that no node names, such as one of the
// model's selection, has no node.
struct term {
    const expression* node = nullptr;
    column_ref column{};                  // of a field
    std::vector<term> parts{};            // its operands; of named and outer what they stand for
    std::shared_ptr<const plan> inner{};  // of a subquery; of a condition: it holds for any of these rows
    std::string reference{};              // not empty: written as this name, a column of a query in FROM
    // Of a comparison under a negation, since NOT (NULL = x) is not true: `AND column IS NOT NULL`, or `IS
    // TRUE` where the NULL may come from elsewhere.
    std::vector<column_ref> guards{};
    bool is_true = false;
    bool or_null = false;  // the list had a NULL, which a negation leaves out

    expression_kind kind() const noexcept { return node ? node->kind() : expression_kind::field; }
};

const type& type_of(const term& of) noexcept;

inline term term_of_column(const column_ref& of) { return {.column = of}; }

struct selected_term {
    std::string name{};  // not empty: AS name
    term what{};
};

struct order_term {
    term by{};
    direction how{};
    std::size_t position = 0;  // else: the selected column at it, from 1, of a combined query
};

// An annotation, planned where it stands in the chain.
struct planned_annotation {
    std::string_view name{};
    term what{};
    bool selected = true;
};

// A relation under a name, joined on its condition too.
struct planned_relation {
    std::string_view name{};
    std::size_t source = 0;
    term condition{};
};

// WITH name AS (rows), said by a link of the chain.
struct planned_definition {
    const table* name;
    const clause* by;
    std::shared_ptr<const plan> rows;
    source_options how{};
};

// The rows of a tree, by key: WITH RECURSIVE.
struct planned_tree {
    std::shared_ptr<const plan> seeds{};
    const column* key = nullptr;
    tree_direction direction{};
};

struct plan {
    const table* root;
    join_graph joins;
    std::vector<planned_annotation> annotations{};
    std::vector<term> where{};  // one for each filter, all must hold
    std::vector<term> having{};
    std::vector<selected_term> selection{};
    std::vector<term> group_by{};
    bool grouped = false;  // by group_by; by nothing at all when that is empty
    std::vector<order_term> order{};
    std::vector<term> distinct_on{};
    std::vector<term> qualify{};  // filters on windows, until finish()
    std::vector<planned_relation> relations{};
    std::vector<plan> members{};  // of a combined query, which has only an ordering and a slice of its own
    combinator how{};
    std::shared_ptr<derived_rows> from{};           // what the root is, if no table
    std::vector<planned_definition> definitions{};  // of the names that it reads
    std::shared_ptr<const planned_tree> tree{};     // instead of everything else
    row_range range{};
    const slice_clause* slice = nullptr;  // where range comes from
    const lock_clause* lock = nullptr;
    std::vector<std::size_t> locked{};   // the sources that it names; none: all
    std::vector<expression_ptr> made{};  // nodes that the planner made
    bool distinct = false;
    bool empty = false;  // no row can match

    bool sliced() const noexcept { return !range.everything(); }
};

// Same text, same bound values.
bool same_term(const term& a, const term& b) noexcept;

// Something of an aggregate or a window in the tree, not counting subqueries.
bool has_aggregate(const term& of) noexcept;

}  // namespace orm::inline v0::sql
