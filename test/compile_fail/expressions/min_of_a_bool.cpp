// expect: does not take an argument of this type
// expect: "MIN"
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate(orm::min<>(orm::F<"pages"> > 3))); }
