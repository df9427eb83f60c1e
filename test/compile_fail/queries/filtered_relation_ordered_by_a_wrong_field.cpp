// expect: no such field
// expect: "titel"
#include "authors_books.hpp"

void ask() { static_cast<void>(long_books().order_by<"-long_books__titel">()); }
