#include "circle.hpp"

// The first use is a path of member pointers.
static_assert(
    orm::member_path<circle::publisher, &circle::publisher::founder, &circle::author::name>::nullable);

static_assert(circle::resolves_from_everywhere<circle::author, circle::book, circle::publisher>());

namespace circle {

circle_tables tables_seen_pointers_first() { return all_tables(); }

}  // namespace circle
