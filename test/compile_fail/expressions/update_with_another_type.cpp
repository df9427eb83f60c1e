// expect: this expression does not fit the column
// expect: "title"
#include "../queries/shop.hpp"

void ask() { static_cast<void>(Book::objects.update("title"_k = orm::F<"pages"> + 1)); }
