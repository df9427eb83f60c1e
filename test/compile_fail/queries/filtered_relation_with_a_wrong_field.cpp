// expect: no such field
// expect: "titel"
// expect: "title"
#include "authors_books.hpp"

void ask() { static_cast<void>(long_books().filter("long_books__titel"_k = "x")); }
