// expect: no such field
// expect: "titel"
#include "../queries/shop.hpp"

#include <asynchrormous/query/case.hpp>

void ask() {
    using namespace orm;
    static_cast<void>(Book::objects.filter(Case(When("titel"_k = "x", 1)).otherwise(2) == 1));
}
