// expect: this OuterRef does not compare
// expect: outer_reference_does_not_compare
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() {
    static_cast<void>(
        Book::objects.filter(orm::Exists(Author::objects.filter("id"_k = orm::OuterRef<"title">))));
}
