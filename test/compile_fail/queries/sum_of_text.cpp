// expect: does not take an argument of this type
// expect: "SUM"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate(orm::sum<"title">)); }
