// expect: this lookup does not exist for columns of this type
// expect: "words__gt"
#include "library.hpp"

template void lookup<Book, "words__gt", int>();
