// expect: no such lookup
// expect: "title__exact__gt"
#include "library.hpp"

template void lookup<Book, "title__exact__gt", std::string>();
