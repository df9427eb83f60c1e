// expect: this value does not fit the column
// expect: "books__pages"
#include "authors_books.hpp"

void ask() { static_cast<void>(long_books().filter("long_books__pages"_k = "x")); }
