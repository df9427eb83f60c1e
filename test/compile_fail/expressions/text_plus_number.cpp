// expect: the type of this operation cannot be deduced
// expect: "({0} + {1})"
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.filter(orm::F<"title"> + 1 == "x")); }
