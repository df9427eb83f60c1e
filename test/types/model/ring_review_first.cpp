#include "ring.hpp"

// The first use is the table of the through model.
static_assert(orm::table_of<ring::review>().columns.size() == 4);

static_assert(ring::resolves_from_everywhere<ring::author, ring::book, ring::tag, ring::cover>());

namespace ring {

ring_tables tables_seen_review_first() { return all_tables(); }

}  // namespace ring
