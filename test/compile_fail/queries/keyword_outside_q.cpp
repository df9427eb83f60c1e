// expect: put each keyword into a Q of its own
// expect: "title"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.filter(orm::Q("pages"_k = 3) || "title"_k = "x")); }
