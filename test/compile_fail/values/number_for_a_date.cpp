// expect: this value does not fit the column
// expect: "published"
#include "library.hpp"

template void lookup<Book, "published", int>();
