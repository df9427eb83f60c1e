// expect: the row has no column of this name
// expect: "m"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.alias("m"_k = 1).annotate("n"_k = 2).rows()[0]["m"_k]); }
