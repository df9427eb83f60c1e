// expect: no such field
// expect: title
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

// One level too far: title belongs to the query in the middle.
void ask() {
    const auto inner = Author::objects.filter("name"_k = orm::OuterRef<orm::OuterRef<"title">>);
    const auto middle = Book::objects.filter(orm::Exists(inner));
    static_cast<void>(Author::objects.filter(orm::Exists(middle)));
}
