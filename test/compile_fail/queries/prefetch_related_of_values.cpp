// expect: are for rows of a model
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.values<"title">().prefetch_related<"author">()); }
