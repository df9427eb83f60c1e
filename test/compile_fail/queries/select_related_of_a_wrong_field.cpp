// expect: no such field
// expect: Book
// expect: autor
// expect: author
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.select_related<"autor">()); }
