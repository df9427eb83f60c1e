// expect: this value does not fit the column
// expect: "pages__in"
#include "library.hpp"

template void lookup<Book, "pages__in", std::vector<std::string>>();
