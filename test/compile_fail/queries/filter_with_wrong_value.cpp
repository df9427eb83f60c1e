// expect: this value does not fit the column
// expect: "pages__gt"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.filter("pages__gt"_k = "many")); }
