// expect: the QuerySet has an annotation or a column of this name already
// expect: "author__name"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.values<"author__name">().annotate("author__name"_k = 1)); }
