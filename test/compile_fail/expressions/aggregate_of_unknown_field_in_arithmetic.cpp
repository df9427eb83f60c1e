// expect: no such field
// expect: "pagse"
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate("x"_k = orm::max<"pages"> - orm::min<"pagse">)); }
