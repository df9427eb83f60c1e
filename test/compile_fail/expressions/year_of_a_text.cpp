// expect: does not take an argument of this type
// expect: YEAR
#include "../queries/shop.hpp"

#include <asynchrormous/query/functions.hpp>

void ask() { static_cast<void>(Book::objects.order_by(orm::ExtractYear(orm::F<"title">))); }
