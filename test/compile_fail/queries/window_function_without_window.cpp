// expect: a window function needs its window
#include "shop.hpp"

#include <asynchrormous/query/window.hpp>

void ask() { static_cast<void>(Book::objects.order_by(orm::Rank())); }
