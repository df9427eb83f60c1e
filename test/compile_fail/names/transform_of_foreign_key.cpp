// expect: this lookup does not exist for columns of this type
// expect: "author__length"
#include "library.hpp"

template void lookup<Book, "author__length", int>();
