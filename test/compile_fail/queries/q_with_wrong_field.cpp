// expect: no such field
// expect: "titel"
// expect: "title"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.filter(orm::Q("titel"_k = "x") || orm::Q("pages"_k = 1))); }
