// expect: no unique constraint says that two rows cannot be alike in these fields
#include "shop.hpp"

void find() { Book::objects.in_bulk<"title">({}); }
