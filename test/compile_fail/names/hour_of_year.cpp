// expect: this lookup does not exist for columns of this type
// expect: "published__year__hour"
// expect: "hour"
#include "library.hpp"

template void lookup<Book, "published__year__hour", int>();
