// expect: this Q belongs to another model
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.filter(orm::Q<Author>("name"_k = "x"))); }
