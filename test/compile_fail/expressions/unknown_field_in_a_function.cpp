// expect: titel
// expect: title
#include "../queries/shop.hpp"

#include <asynchrormous/query/functions.hpp>

void ask() { static_cast<void>(Book::objects.order_by(orm::Upper(orm::Left(orm::F<"titel">, 3)))); }
