// expect: this lookup takes text
#include "library.hpp"

template void lookup<Book, "title__contains", int>();
