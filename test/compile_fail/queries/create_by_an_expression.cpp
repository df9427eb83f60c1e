// expect: give the new row's values in create_defaults
#include "shop.hpp"

#include <asynchrormous/query/functions.hpp>

void make() { Book::objects.get_or_create("title"_k = "x", orm::defaults("pages"_k = orm::F<"pages"> + 1)); }
