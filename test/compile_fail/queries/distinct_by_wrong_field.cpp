// expect: no such field
// expect: "titel"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.distinct<"titel">()); }
