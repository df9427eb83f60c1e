// expect: this lookup does not exist for columns of this type
// expect: "words__icontains"
#include "library.hpp"

template void lookup<Book, "words__icontains", std::string>();
