// expect: this value does not fit the column
// expect: "pages"
// expect: double
#include "library.hpp"

template void lookup<Book, "pages", double>();
