// expect: this value does not fit the column
// expect: "words__contains"
#include "library.hpp"

template void lookup<Book, "words__contains", std::string>();
