// expect: the name of a collation
#include "../queries/shop.hpp"

#include <asynchrormous/query/cast.hpp>

void ask() { static_cast<void>(orm::Collate<"C\" DESC; --">(orm::F<"title">)); }
