// expect: NULL is taken by exact, iexact
// expect: "pages__gt"
#include "library.hpp"

template void lookup<Book, "pages__gt", std::nullopt_t>();
