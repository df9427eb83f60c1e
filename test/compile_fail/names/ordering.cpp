// expect: no such field
// expect: "author__nme"
// expect: "name"
#include "library.hpp"

template void field<Book, "author__nme">();
