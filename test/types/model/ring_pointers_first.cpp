#include "ring.hpp"

// The first use is a path of member pointers.
static_assert(orm::member_path<ring::cover, orm::step(&ring::cover::wraps), orm::step(&ring::book::tags),
                               orm::step(&ring::tag::word)>::valid);

static_assert(ring::resolves_from_everywhere<ring::author, ring::book, ring::tag, ring::cover>());

namespace ring {

ring_tables tables_seen_pointers_first() { return all_tables(); }

}  // namespace ring
