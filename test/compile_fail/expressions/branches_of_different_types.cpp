// expect: these values have no type in common
// expect: "CASE"
#include "../queries/shop.hpp"

#include <asynchrormous/query/case.hpp>

void ask() {
    using namespace orm;
    static_cast<void>(Book::objects.order_by(Case(When("pages__gt"_k = 3, "long")).otherwise(3)));
}
