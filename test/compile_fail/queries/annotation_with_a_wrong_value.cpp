// expect: asynchrormous:
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.annotate("n"_k = 1).filter("n"_k = "one")); }
