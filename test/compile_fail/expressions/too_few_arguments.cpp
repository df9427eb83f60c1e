// expect: LPad
#include "../queries/shop.hpp"

#include <asynchrormous/query/functions.hpp>

void ask() { static_cast<void>(Book::objects.order_by(orm::LPad(orm::F<"title">))); }
