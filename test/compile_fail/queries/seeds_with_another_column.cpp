// expect: the seeds of a recursion have the columns of its struct and no others
#include "shop.hpp"

#include <asynchrormous/query/cte.hpp>

struct Short {
    std::string title{};
};
void ask() {
    static_cast<void>(orm::recursive<Short>(Book::objects.values<"title", "pages">(),
                                            orm::next_row("title"_k = orm::F<"title"> + "!")));
}
