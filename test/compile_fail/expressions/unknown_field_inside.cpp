// expect: no such field
// expect: "pagse"
// expect: "pages"
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.filter((orm::F<"pagse"> + 1) * 2 > 300)); }
