// expect: #include <asynchrormous/query/subquery.hpp>
#include "shop.hpp"

void ask() {
    static_cast<void>(Book::objects.alias("n"_k = orm::F<"pages"> + 1)
                          .filter("n__gt"_k = Book::objects.values_list<"pages">()));
}
