// expect: has no primary key
// expect: Short
#include "shop.hpp"

#include <asynchrormous/query/cte.hpp>

struct Short {
    std::string title{};
};
void ask() { orm::cte<Short>(Book::objects).update("title"_k = "x"); }
