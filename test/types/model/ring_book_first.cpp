#include "ring.hpp"

// The first use is the table of book.
static_assert(orm::table_of<ring::book>().relations.size() == 3);

static_assert(ring::resolves_from_everywhere<ring::author, ring::book, ring::tag, ring::cover>());

namespace ring {

ring_tables tables_seen_book_first() { return all_tables(); }

}  // namespace ring
