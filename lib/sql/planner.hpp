// From a query to its plan, clause by clause in the order in which they were added, as Django does it: what
// a clause joins, later ones may use.
#pragma once

#include "plan.hpp"

#include <memory>
#include <utility>
#include <vector>

namespace orm::inline v0::sql {

using source_list = std::vector<std::size_t>;

class planner {
public:
    // `around` and `as`: of a subquery, the planner of the query around it and the node it is there.
    explicit planner(const query& rows, planner* around = nullptr, const subquery_node* as = nullptr);

    // Clauses of the query that are not planned. Before plan_clauses().
    void leave_out(std::vector<const clause*> unused) noexcept { left_out_ = std::move(unused); }
    // Conditions, annotations, joins, slice and distinct; then what the statement needs of the rest.
    void plan_clauses();
    // select() or the model's columns, then annotations; `chosen` in place of select().
    void plan_selection(const select_clause* chosen = nullptr);
    void plan_loaded();    // select_related()
    void plan_ordering();  // order_by() or the model's ordering; reverse()
    void plan_grouping();  // after selection and ordering

    // A value in the plan's terms, joining what it needs.
    term plan_value(const expression& node);
    term plan_key();
    // By which one row is found. Throws: query_error for rows of a query that have none.
    const column& row_key() const;

    // The last step: which comparisons need a guard against NULL, and the queries around this one that
    // filters on windows and DISTINCT ON may need.
    plan finish();
    // Of a query inside another: no columns but the selected ones.
    plan finish_inner();

    plan& made() noexcept { return plan_; }
    std::size_t depth() const noexcept { return depth_; }

private:
    friend class ordering_planner;

    void plan_clause(const clause& link);
    void plan_filter(const expression_ptr& what);
    void plan_annotation(const annotate_clause& what);
    void plan_distinct_on(const distinct_on_clause& what);
    void plan_lock(const lock_clause& what);
    void plan_definition(const table& name, const query& rows, const clause& by, source_options how = {});
    void plan_tree(const tree_clause& what);
    void plan_relation(const relate_clause& what);
    void plan_window_filter(term what, const source_list& inner);
    std::size_t source_of(const field_node& node) const;  // where its path begins
    bool filters_windows(term& what);                     // takes it, all or the parts that do

    // Conditions. `needed` collects the joins that must find a row for the condition to hold.
    struct condition_scope {
        bool negated = false;
        reusable* only = nullptr;
        bool below_negation = false;  // of any group around
        bool value = false;           // chooses no rows: it is about the very row that is joined
    };
    term plan_condition(const expression& node, condition_scope in, source_list& needed);
    term plan_group(const group_node& group, condition_scope in, source_list& needed);
    term plan_comparison(const expression& node, condition_scope in, source_list& needed);
    term plan_is_null(const is_null_node& node, condition_scope in, source_list& needed);
    term plan_truth(const expression& node, condition_scope in, source_list& needed);

    // A condition that has to ask a query of its own, since it is negated and leads to many rows.
    planner(planner& around, const table& root, std::span<const hop> start);
    bool splits(const expression& node, condition_scope in) const;
    bool has_relation(std::string_view name) const noexcept;
    term plan_split(const expression& node, condition_scope in);
    void plan_split_filter(const expression& node);
    void correlate(plan& inside, std::span<const hop> start, const reusable* shared);
    bool belongs_around(const expression& node) const;
    term plan_around(const expression& node);

    // Aggregates that get a query of their own, since other joins would multiply their rows.
    planner(planner& around, const table& root);
    void find_isolated(const std::vector<const clause*>& chain);
    bool isolates(const expression& node) const noexcept;
    term plan_isolated(const expression& node);
    bool joins_many() const noexcept;
    term plan_ordered(const expression& by);

    const select_clause* grouping_selection() const;
    void group_by_rows();
    void add_condition(term what);  // to WHERE or HAVING, a group's parts to both

    // A side of a comparison. Only what makes the comparison NULL when it is NULL votes.
    enum class side : std::uint8_t { left, right };
    term plan_side(const expression& node, condition_scope in, side which, source_list& needed);
    term plan_field(const field_node& node, reusable* only, source_list* needed, side which);

    term plan_any(const expression& node, reusable* only);
    term plan_inner_condition(const expression& node, reusable* only);
    term plan_named(const named_node& node) const;
    term plan_outer(const outer_node& node);
    term plan_subquery(const subquery_node& node);

    std::size_t depth_;
    plan plan_;
    const query& rows_;
    planner* around_;
    const subquery_node* as_;
    std::span<const hop> start_{};  // of a split condition: what the paths of its rows begin with
    bool split_ = false;
    std::vector<const expression*> isolated_{};
    std::vector<const clause*> left_out_{};
};

// No rows are read, so none are locked.
void forget_lock(plan& of) noexcept;
// Throws: query_error where PostgreSQL knows no rows to lock.
void refuse_unlockable(const plan& of);

// The whole plan of a SELECT of the query's rows.
plan plan_select(const query& rows);

// Of a query inside another: a member of a combination, a definition in WITH, the seeds of a tree. `columns`
// are selected in place of the query's own. A model's ordering plays no part unless it chooses rows.
struct inner_query {
    planner* around = nullptr;
    const subquery_node* as = nullptr;
    const select_clause* columns = nullptr;
    bool only_key = false;
};
plan plan_inner(const query& rows, const inner_query& in);

// The terms of order_by(), reversed where the query is.
std::vector<ordering> chosen_order(const query& rows);

// A column of a query inside another equals one of the query around it.
term equal_to_outer(const column_ref& inside, const column_ref& around);

// The hops to the first that finds many rows, that one included; empty: there is none.
std::span<const hop> hops_to_many(const path& where) noexcept;
bool same_hops(std::span<const hop> a, std::span<const hop> b) noexcept;

// Throw: query_error for an aggregate that another join over many rows would make wrong; of groups by
// values(), only the joins of other aggregates.
void refuse_multiplied(const plan& of);
void refuse_multiplied_by_each_other(const plan& of, std::span<const term> aggregates);

void settle_guards(const join_graph& joins, term& in, bool negated);

}  // namespace orm::inline v0::sql
