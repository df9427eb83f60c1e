// expect: no such field
// expect: "pagse"
// expect: "pages"
#include "shop.hpp"

#include <asynchrormous/query/cte.hpp>

struct Short {
    std::string title{};
    int pages = 0;
};
void ask() { static_cast<void>(orm::cte<Short>(Book::objects).filter("pagse__gt"_k = 3)); }
