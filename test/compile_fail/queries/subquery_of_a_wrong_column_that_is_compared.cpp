// expect: no such field
// expect: "titel"
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() {
    const auto own = Book::objects.filter("author"_k = orm::OuterRef<"id">);
    static_cast<void>(Author::objects.filter(orm::Subquery(own.values_list<"titel">()) == "Tehanu"));
}
