// expect: Window takes a window function
#include "shop.hpp"

#include <asynchrormous/query/window.hpp>

void ask() { orm::Window(orm::sum<"pages"> * 2); }
