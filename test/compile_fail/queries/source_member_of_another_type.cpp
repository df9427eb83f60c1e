// expect: this member has another type than the column that it reads
// expect: "pages"
#include "shop.hpp"

#include <asynchrormous/query/cte.hpp>

struct Short {
    std::string title{};
    std::string pages{};
};
void ask() { static_cast<void>(orm::cte<Short>(Book::objects).count()); }
