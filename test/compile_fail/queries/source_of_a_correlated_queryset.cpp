// expect: this QuerySet refers to a query around it by OuterRef
#include "shop.hpp"

#include <asynchrormous/query/cte.hpp>

struct Short {
    std::string title{};
};
void ask() { static_cast<void>(orm::cte<Short>(Book::objects.filter("author"_k = orm::OuterRef<"id">))); }
