// expect: PostgreSQL aggregates before it makes windows
#include "shop.hpp"

#include <asynchrormous/query/window.hpp>

void ask() {
    static_cast<void>(Book::objects.aggregate(orm::max<>(orm::Window(orm::Rank()).order_by<"pages">())));
}
