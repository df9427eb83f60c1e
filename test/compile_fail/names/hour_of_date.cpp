// expect: this lookup does not exist for columns of this type
// expect: "published__hour"
#include "library.hpp"

template void lookup<Book, "published__hour", int>();
