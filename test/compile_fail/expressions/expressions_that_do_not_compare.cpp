// expect: these values do not compare
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.filter(orm::F<"pages"> * 2 > orm::F<"title"> + "x")); }
