// expect: a Q that is bound to its model keeps no OuterRef
// expect: Book
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

orm::Q<Book> kept("pages__gt"_k = 3);
void ask() { kept |= orm::Q<Book>(orm::Q("pages__gt"_k = 300) || !orm::Q("author"_k = orm::OuterRef<"id">)); }
