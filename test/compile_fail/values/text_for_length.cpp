// expect: this value does not fit the column
// expect: "title__length__gt"
#include "library.hpp"

template void lookup<Book, "title__length__gt", std::string>();
