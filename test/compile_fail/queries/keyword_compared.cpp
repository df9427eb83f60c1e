// expect: is written with one `=`
// expect: "title"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.filter("title"_k == "x")); }
