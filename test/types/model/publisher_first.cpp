#include "circle.hpp"

// The first use is the table of publisher.
static_assert(orm::table_of<circle::publisher>().columns.size() == 3);

static_assert(circle::resolves_from_everywhere<circle::author, circle::book, circle::publisher>());

namespace circle {

circle_tables tables_seen_publisher_first() { return all_tables(); }

}  // namespace circle
