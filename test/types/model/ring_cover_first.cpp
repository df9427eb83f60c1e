#include "ring.hpp"

// The first use is the table of cover.
static_assert(orm::table_of<ring::cover>().relations.empty());

static_assert(ring::resolves_from_everywhere<ring::author, ring::book, ring::tag, ring::cover>());

namespace ring {

ring_tables tables_seen_cover_first() { return all_tables(); }

}  // namespace ring
