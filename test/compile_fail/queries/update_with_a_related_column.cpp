// expect: read it by a Subquery
// expect: "author__name"
#include "shop.hpp"

#include <asynchrormous/query/case.hpp>

void ask() {
    static_cast<void>(
        Book::objects.update("pages"_k = orm::Case(orm::When("author__name"_k = "Ursula", 1)).otherwise(0)));
}
