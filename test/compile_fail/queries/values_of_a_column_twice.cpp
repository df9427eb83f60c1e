// expect: take each column once
// expect: "pages"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.values<"pages", "title", "pages">()); }
