// expect: titel
// expect: title
#include "../queries/shop.hpp"

#include <asynchrormous/query/functions.hpp>

void ask() {
    static_cast<void>(
        Book::objects.filter(orm::SearchVector(orm::F<"titel">).matches(orm::SearchQuery("sea"))));
}
