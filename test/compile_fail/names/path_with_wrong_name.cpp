// expect: no such field
// expect: "author__nme"
// expect: "name"
#include "library.hpp"

template void path<Book, &Book::author, "nme">();
