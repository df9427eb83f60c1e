// expect: no such field
// expect: "titel"
// expect: "title"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate(orm::sum<"titel">)); }
