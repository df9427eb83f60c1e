// expect: needs the names of the fields to order by
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.earliest()); }
