// expect: need the names of their columns
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.values()); }
