// expect: does not take an argument of this type
// expect: SUBSTRING
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.order_by(orm::F<"pages">[orm::slice(0, 3)])); }
