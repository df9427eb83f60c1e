// expect: this lookup does not exist for columns of this type
// expect: "title__year"
#include "library.hpp"

template void lookup<Book, "title__year", int>();
