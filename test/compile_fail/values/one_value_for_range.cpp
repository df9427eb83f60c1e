// expect: range takes std::pair(low, high)
#include "library.hpp"

template void lookup<Book, "pages__range", int>();
