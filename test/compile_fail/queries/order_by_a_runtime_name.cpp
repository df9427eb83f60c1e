// expect: write order_by<"-pages">()
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.order_by("-pages")); }
