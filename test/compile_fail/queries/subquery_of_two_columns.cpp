// expect: a sub-query has one column
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() {
    static_cast<void>(Book::objects.filter("pages__in"_k = Book::objects.values_list<"pages", "title">()));
}
