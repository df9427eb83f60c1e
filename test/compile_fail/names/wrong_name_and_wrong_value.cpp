// expect: no such field
// expect: "titel"
#include "library.hpp"

template void lookup<Book, "titel__in", int>();
