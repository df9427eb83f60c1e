// expect: no such field
// expect: "m"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.annotate("n"_k = 1, "more"_k = orm::F<"m"> + 1)); }
