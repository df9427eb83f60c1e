// expect: does not take an argument of this type
// expect: ABS
#include "../queries/shop.hpp"

#include <asynchrormous/query/functions.hpp>

void ask() { static_cast<void>(Book::objects.order_by(orm::Abs(orm::F<"title">))); }
