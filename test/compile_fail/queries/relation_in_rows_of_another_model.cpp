// expect: this relation leads to another model
#include "shop.hpp"

#include <asynchrormous/query/subquery.hpp>

void ask() { static_cast<void>(Book::objects.filter("author__in"_k = Book::objects.all())); }
