// expect: an expression is a condition if its value is true or false
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.filter(orm::F<"pages"> + 1)); }
