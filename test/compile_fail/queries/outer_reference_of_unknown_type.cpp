// expect: the type of this OuterRef is not known here
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() { static_cast<void>(Book::objects.filter("pages__gt"_k = orm::OuterRef<"pages"> + 1)); }
