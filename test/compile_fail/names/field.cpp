// expect: no such field
// expect: Book
// expect: "titel"
// expect: "title"
#include "library.hpp"

template void lookup<Book, "titel", std::string>();
