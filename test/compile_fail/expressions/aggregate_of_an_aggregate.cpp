// expect: an aggregate of an aggregate needs two steps
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate(orm::avg<>(orm::max<"pages"> - 1))); }
