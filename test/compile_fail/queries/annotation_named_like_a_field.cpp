// expect: an annotation cannot have the name of a field of the model
// expect: "title"
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.annotate("title"_k = 1)); }
