// expect: count is 0 over no rows
#include "../queries/shop.hpp"

void ask() { static_cast<void>(orm::count<"title">.default_(3)); }
