// expect: no such field
// expect: "titel"
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate(orm::count<>.filter("titel"_k = "x"))); }
