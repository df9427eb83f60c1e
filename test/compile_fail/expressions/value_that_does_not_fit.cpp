// expect: this value does not fit the expression
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.filter(orm::F<"pages"> * 2 > "x")); }
