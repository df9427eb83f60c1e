// expect: no such lookup
// expect: "lenght__gt"
// expect: "length"
#include "library.hpp"

#include <asynchrormous/model/lookup_behind.hpp>

static_assert(orm::lookup_behind<std::string, "lenght__gt">::valid || true);
