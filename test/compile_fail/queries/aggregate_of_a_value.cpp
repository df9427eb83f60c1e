// expect: aggregate() takes count<>
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate("n"_k = 3)); }
