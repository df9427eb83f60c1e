// expect: no such field
// expect: titel
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() {
    static_cast<void>(
        Book::objects.annotate("other"_k = orm::Subquery(Book::objects.values_list<"titel">())));
}
