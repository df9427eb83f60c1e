// expect: the rows of this sub-query do not compare
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() { static_cast<void>(Book::objects.filter("pages__in"_k = Book::objects.values_list<"title">())); }
