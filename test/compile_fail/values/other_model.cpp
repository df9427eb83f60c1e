// expect: this value does not fit the column
// expect: "author"
// expect: Book
#include "library.hpp"

template void lookup<Book, "author", Book>();
