// expect: update() sets columns of the model itself
// expect: "author__name"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.update("author__name"_k = "x")); }
