// expect: what an update or delete gives back are fields of the model itself
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.delete_returning<"id", "author__name">()); }
