// expect: this value does not fit the column
#include "shop.hpp"

void make() { Book::objects.get_or_create("title"_k = "x", orm::defaults("pages"_k = "many")); }
