// expect: this value does not fit the column
// expect: "pages"
// expect: bool
#include "library.hpp"

template void lookup<Book, "pages", bool>();
