#include "circle.hpp"

// The first use is a lookup through the circle.
static_assert(orm::lookup_of<circle::author, "favourite__writer__mentor__name">::nullable);

static_assert(circle::resolves_from_everywhere<circle::author, circle::book, circle::publisher>());

namespace circle {

circle_tables tables_seen_lookup_first() { return all_tables(); }

}  // namespace circle
