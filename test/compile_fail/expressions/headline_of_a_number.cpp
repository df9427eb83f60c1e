// expect: does not take an argument of this type
// expect: TS_HEADLINE
#include "../queries/shop.hpp"

#include <asynchrormous/query/functions.hpp>

void ask() {
    static_cast<void>(Book::objects.order_by(orm::SearchHeadline(orm::F<"pages">, orm::SearchQuery("sea"))));
}
