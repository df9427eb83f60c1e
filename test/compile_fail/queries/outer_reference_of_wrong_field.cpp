// expect: no such field
// expect: titel
// expect: did_you_mean
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() {
    static_cast<void>(
        Book::objects.filter(orm::Exists(Author::objects.filter("name"_k = orm::OuterRef<"titel">))));
}
