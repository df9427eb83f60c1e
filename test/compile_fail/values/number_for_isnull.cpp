// expect: isnull takes true or false
#include "library.hpp"

template void lookup<Book, "price__isnull", int>();
