#include "circle.hpp"

// The first use is the key of an object.
static_assert(std::is_same_v<decltype(orm::key_of(circle::publisher{})), std::string>);

static_assert(circle::resolves_from_everywhere<circle::author, circle::book, circle::publisher>());

namespace circle {

circle_tables tables_seen_key_first() { return all_tables(); }

}  // namespace circle
