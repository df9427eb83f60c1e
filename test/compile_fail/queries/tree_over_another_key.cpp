// expect: a tree is walked over a foreign key of the model to itself
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.descendants<"author">().count()); }
