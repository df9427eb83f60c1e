// expect: these values do not compare
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.filter("title"_k = orm::F<"pages">)); }
