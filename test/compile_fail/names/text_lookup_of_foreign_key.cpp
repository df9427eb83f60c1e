// expect: this lookup does not exist for columns of this type
// expect: "author__icontains"
// expect: "icontains"
#include "library.hpp"

template void lookup<Book, "author__icontains", std::string>();
