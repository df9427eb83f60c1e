// expect: lists of values of this type cannot be sent
// expect: "notes__in"
#include "library.hpp"

#include <asynchrormous/query/hstore.hpp>

struct Guest {
    std::int64_t id = 0;
    orm::hstore notes{};
};

template void lookup<Guest, "notes__in", std::vector<orm::hstore>>();
