// expect: no such field
// expect: "pagse"
#include "shop.hpp"

#include <asynchrormous/query/subquery_lookup.hpp>

void ask() {
    static_cast<void>(Book::objects.filter(
        orm::Exists(Book::objects.filter("pagse__range"_k = std::pair(orm::OuterRef<"id">, 10)))));
}
