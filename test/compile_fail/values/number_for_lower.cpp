// expect: this value does not fit the column
// expect: "title__lower"
#include "library.hpp"

template void lookup<Book, "title__lower", int>();
