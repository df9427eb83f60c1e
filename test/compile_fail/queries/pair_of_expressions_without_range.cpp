// expect: only the lookup range takes a pair of expressions
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.filter("pages__in"_k = std::pair(1, orm::F<"pages">))); }
