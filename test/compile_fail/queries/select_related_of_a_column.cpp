// expect: ends in a plain column
// expect: Book
// expect: author__name
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.select_related<"author__name">()); }
