// Unions, intersections and differences: members with plans of their own, an ordering by position, a slice.
#pragma once

#include "derived.hpp"
#include "planner.hpp"

#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/query.hpp>

#include <span>

namespace orm::inline v0::sql {

// Requires: rows.combined().
plan plan_combined(const query& rows, const inner_query& in);

// The terms over all of its rows, as the selection of a plan around it.
plan plan_aggregate_of_combined(const query& rows, std::span<const expression_ptr> terms);

}  // namespace orm::inline v0::sql
