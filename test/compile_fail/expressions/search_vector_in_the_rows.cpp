// expect: a value of this type stays in the database
// expect: search_vector
#include "../queries/shop.hpp"

#include <asynchrormous/query/functions.hpp>

using namespace orm::literals;

void ask() { static_cast<void>(Book::objects.annotate("words"_k = orm::SearchVector(orm::F<"title">))); }
