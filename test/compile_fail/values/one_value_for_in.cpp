// expect: in takes a list of values
#include "library.hpp"

template void lookup<Book, "pages__in", int>();
