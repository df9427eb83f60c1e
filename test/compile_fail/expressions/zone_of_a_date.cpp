// expect: only the parts of a timestamptz differ from zone to zone
// expect: zone_without_instant
#include "../queries/shop.hpp"

#include <asynchrormous/query/functions.hpp>

void ask() {
    static_cast<void>(
        Book::objects.order_by(orm::TruncMonth(orm::Value(orm::date(1968, 11, 1)), "Asia/Tokyo")));
}
