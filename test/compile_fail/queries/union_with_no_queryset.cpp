// expect: only QuerySets are combined
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.all().union_all(1)); }
