// expect: this value does not fit the column
// expect: "form"
// expect: colour
// expect: format
#include "library.hpp"

template void lookup<Book, "form", colour>();
