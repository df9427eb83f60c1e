// expect: the row has no column of this name
// expect: "titel"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.values<"title">().rows()[0]["titel"_k]); }
