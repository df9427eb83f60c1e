#include "ring.hpp"

// The first use is a key.
inline std::int32_t first_use(const ring::cover& of) { return orm::key_of(of); }

static_assert(ring::resolves_from_everywhere<ring::author, ring::book, ring::tag, ring::cover>());

namespace ring {

ring_tables tables_seen_key_first() { return all_tables(); }

}  // namespace ring
