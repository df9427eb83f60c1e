// Annotations that a count of the rows does not need.
#pragma once

#include "clause.hpp"

#include <vector>

namespace orm::inline v0::sql {

// Those that nothing in the query looks at, and without which it has as many rows. None where the selection
// decides which rows there are: after values(), distinct() and slices, of combined queries and named sources.
std::vector<const clause*> unused_annotations(const query& rows);

}  // namespace orm::inline v0::sql
