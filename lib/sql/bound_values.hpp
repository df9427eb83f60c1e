// The values bound in a query, wherever they stand in its text.
#pragma once

#include <asynchrormous/sql/expression.hpp>
#include <asynchrormous/sql/query.hpp>

#include <vector>

namespace orm::inline v0::sql {

using value_list = std::vector<const parameter*>;

// In an order that only the structure decides: equal shapes have their values in the same places.
void collect_values(const query& rows, value_list& into);
void collect_values(const expression& node, value_list& into);

}  // namespace orm::inline v0::sql
