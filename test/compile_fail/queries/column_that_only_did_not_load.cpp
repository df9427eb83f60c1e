// expect: this column was not loaded
// expect: Book
// expect: pages
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.only<"title">().get("id"_k = 1)["pages"_k]); }
