// expect: does not take an argument of this type
// expect: HOUR
#include "../queries/shop.hpp"

#include <asynchrormous/query/functions.hpp>

void ask() {
    static_cast<void>(Book::objects.order_by(orm::ExtractHour(orm::Value(orm::date(1968, 11, 1)))));
}
