// expect: these values have no type in common
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate(orm::max<"title">.default_(3))); }
