#include "ring.hpp"

// The first use is the table of author.
static_assert(orm::table_of<ring::author>().relations.size() == 2);

static_assert(ring::resolves_from_everywhere<ring::author, ring::book, ring::tag, ring::cover>());

namespace ring {

ring_tables tables_seen_author_first() { return all_tables(); }

}  // namespace ring
