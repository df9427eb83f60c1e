// expect: no such lookup of this annotation
// expect: "year"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.annotate("n"_k = 1).filter("n__year"_k = 1)); }
