// expect: a value of this type stays in the database
// expect: "words"
#include "shop.hpp"

#include <asynchrormous/query/functions/search.hpp>

void ask() { static_cast<void>(Book::objects.annotate("words"_k = orm::SearchVector(orm::F<"title">))); }
