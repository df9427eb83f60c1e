// expect: a condition is a keyword
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.filter(3)); }
