// expect: need a column of numbers
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate(orm::sum<"title">)); }
