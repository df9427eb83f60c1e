// expect: #include <asynchrormous/query/subquery.hpp>
#include "shop.hpp"

void ask() {
    static_cast<void>(Book::objects.filter("author__in"_k = Author::objects.filter("name"_k = "Ada")));
}
