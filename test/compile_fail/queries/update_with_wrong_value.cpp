// expect: this value does not fit the column
// expect: "pages"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.update("pages"_k = "many")); }
