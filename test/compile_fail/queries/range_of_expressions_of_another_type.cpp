// expect: these values do not compare by this lookup
// expect: basic_string
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.filter("pages__range"_k = std::pair(1, orm::F<"title">))); }
