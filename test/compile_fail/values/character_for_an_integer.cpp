// expect: this value does not fit the column
// expect: "pages"
// expect: char
#include "library.hpp"

template void lookup<Book, "pages", char>();
