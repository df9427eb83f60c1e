// expect: PostgreSQL has no window in a window
#include "shop.hpp"

#include <asynchrormous/query/window.hpp>

void ask() {
    const auto rank = orm::Window(orm::Rank()).order_by<"pages">();
    static_cast<void>(Book::objects.order_by(orm::Window(orm::Rank()).order_by(rank)));
}
