// expect: no such field
// expect: "n"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.annotate("more"_k = orm::F<"n"> + 1, "n"_k = 1)); }
