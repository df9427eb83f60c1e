// expect: no such lookup
// expect: "title__icontain"
// expect: "icontain"
// expect: "icontains"
#include "library.hpp"

template void lookup<Book, "title__icontain", std::string>();
