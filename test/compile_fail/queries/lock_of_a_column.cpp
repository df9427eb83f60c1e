// expect: takes "self" and relations to one row
// expect: Book
// expect: author__name
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.select_for_update<"self", "author__name">()); }
