#include "circle.hpp"

// The first use is the table of author.
static_assert(orm::table_of<circle::author>().columns.size() == 4);

static_assert(circle::resolves_from_everywhere<circle::author, circle::book, circle::publisher>());

namespace circle {

circle_tables tables_seen_author_first() { return all_tables(); }

}  // namespace circle
