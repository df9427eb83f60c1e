#include "ring.hpp"

// The first use is the table between book and tag.
static_assert(orm::model_detail::through_holder<ring::book, ring::tag, 0>::value.columns[2].name == "tag_id");

static_assert(ring::resolves_from_everywhere<ring::author, ring::book, ring::tag, ring::cover>());

namespace ring {

ring_tables tables_seen_through_first() { return all_tables(); }

}  // namespace ring
