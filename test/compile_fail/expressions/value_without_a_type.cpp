// expect: this value has no PostgreSQL type
#include "../queries/shop.hpp"

struct money {
    int cents = 0;
};

void ask() { static_cast<void>(Book::objects.filter(orm::F<"pages"> + money() > 3)); }
