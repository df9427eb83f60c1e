#include "ring.hpp"

// The first use is a path.
static_assert(orm::lookup_of<ring::tag, "implies__books__reviewers__name">::valid);

static_assert(ring::resolves_from_everywhere<ring::author, ring::book, ring::tag, ring::cover>());

namespace ring {

ring_tables tables_seen_path_first() { return all_tables(); }

}  // namespace ring
