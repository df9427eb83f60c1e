// expect: this value does not fit the column
// expect: "title"
#include "library.hpp"

template void lookup<Book, "title", int>();
