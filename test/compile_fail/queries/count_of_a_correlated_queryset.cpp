// expect: refers to a query around it by OuterRef: use it in Subquery
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() { static_cast<void>(Book::objects.filter("author"_k = orm::OuterRef<"id">).async().count()); }
