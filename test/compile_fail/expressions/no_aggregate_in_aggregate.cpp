// expect: aggregate() takes count<>
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.aggregate(orm::F<"pages"> + 1)); }
