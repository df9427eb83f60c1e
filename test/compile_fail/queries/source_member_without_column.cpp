// expect: the rows of this source have no column for this member
// expect: "length"
#include "shop.hpp"

#include <asynchrormous/query/cte.hpp>

struct Short {
    std::string title{};
    int length = 0;
};
void ask() { static_cast<void>(orm::cte<Short>(Book::objects.values<"title", "pages">()).count()); }
