// expect: the QuerySet has an annotation or a column of this name already
// expect: "n"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.annotate("n"_k = 1).alias("n"_k = 2)); }
