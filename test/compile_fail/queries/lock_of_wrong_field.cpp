// expect: no such field
// expect: auther
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.select_for_update<"auther">()); }
