// A query in FROM under a name, as if it were a table: (SELECT …) "name" ("c1", "c2", …).
// What has to happen after a window, DISTINCT ON or a combination is planned over its columns.
#pragma once

#include "plan.hpp"

#include <cstddef>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace orm::inline v0::sql {

class planner;

class derived_rows {
public:
    derived_rows(plan of, std::string_view name);
    derived_rows(const derived_rows&) = delete;
    derived_rows& operator=(const derived_rows&) = delete;

    // The column with this value, selected now if it was not. Requires: the rows are not a combination.
    term lift(term value);

    term column(std::size_t position) const { return term_of_column({0, &columns_[position]}); }
    std::size_t size() const noexcept { return columns_.size(); }
    const table& as() const noexcept { return as_; }

    plan rows;

private:
    void add_column();

    std::deque<std::string> names_{};
    std::deque<sql::column> columns_{};
    table as_{};
};

// A plan that reads all of `rows` and has nothing else yet.
plan plan_over(const std::shared_ptr<derived_rows>& rows, std::size_t depth);

// What the rows of a plan are made of: its selection, or its first member's.
const std::vector<selected_term>& columns_of(const plan& rows) noexcept;

// Something of a window in the tree, not counting subqueries.
bool has_window(const term& of) noexcept;

// Moves selection, ordering and slice out of `inner`, to a plan around it.
plan outside(plan inner, std::string_view name, std::size_t depth);

// Filters on windows are decided after the windows: what has none in them is computed with the rows.
plan filter_windows(plan inner, std::vector<term> conditions, std::size_t depth);

// The first row for each combination in the query's order, in the query's order: PostgreSQL wants to see what
// is distinct first in the ordering, so where it is not the rows are ordered again.
plan distinct_on_in_order(plan inner, std::size_t depth);

// Without the columns that DISTINCT selects for the ordering only.
plan only_selected(plan inner, std::size_t depth);

// The planned comparisons get their guards against NULL.
void settle(plan& of);

}  // namespace orm::inline v0::sql
