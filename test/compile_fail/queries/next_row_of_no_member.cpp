// expect: no such field
// expect: "page"
#include "shop.hpp"

#include <asynchrormous/query/cte.hpp>

struct Short {
    int pages = 0;
};
void ask() {
    static_cast<void>(orm::recursive<Short>(Book::objects.values<"pages">(),
                                            orm::next_row("page"_k = orm::F<"pages"> + 1)));
}
