// expect: this value does not fit the column
// expect: Book
// expect: "pages__gt"
// expect: int
#include "library.hpp"

template void lookup<Book, "pages__gt", std::string>();
