// expect: this lookup does not exist for values of this type
// expect: "year"
// expect: Book
// expect: "n__year"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.annotate("n"_k = 1).filter("n__year"_k = 1)); }
