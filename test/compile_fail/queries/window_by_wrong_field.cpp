// expect: no such field
// expect: writer
#include "shop.hpp"

#include <asynchrormous/query/window.hpp>

void ask() { static_cast<void>(Book::objects.order_by(orm::Window(orm::Rank()).partition_by<"writer">())); }
