// expect: this lookup does not exist for columns of this type
// expect: "contains"
#include "library.hpp"

template void lookup<Book, "published__year__contains", std::string>();
