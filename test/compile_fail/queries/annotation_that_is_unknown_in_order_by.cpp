// expect: no such field
// expect: "m"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.annotate("n"_k = 1).order_by<"-m">()); }
