// expect: PostgreSQL has no windows in UPDATE
#include "shop.hpp"

#include <asynchrormous/query/window.hpp>

void ask() {
    static_cast<void>(Book::objects.update("pages"_k = orm::Window(orm::Rank()).order_by<"pages">()));
}
