// expect: belongs to another struct
// expect: Book
#include "library.hpp"

template void path<Book, &Book::author, &Book::id>();
