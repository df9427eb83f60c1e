// expect: no such lookup
// expect: "title__uper"
// expect: "upper"
#include "library.hpp"

template void path<Book, "title__uper">();
