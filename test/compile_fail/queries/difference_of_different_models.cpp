// expect: QuerySets that are combined need the same rows
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.order_by<"id">().difference(Author::objects.all())); }
