// expect: this value has no PostgreSQL type
// expect: money
#include "shop.hpp"

struct money {};

void ask() { static_cast<void>(Book::objects.raw("SELECT $1", money{})); }
