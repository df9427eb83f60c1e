// expect: this value of next_row() has another type than the member
// expect: "pages"
#include "shop.hpp"

#include <asynchrormous/query/cte.hpp>

struct Short {
    int pages = 0;
};
void ask() {
    static_cast<void>(orm::recursive<Short>(Book::objects.values<"pages">(),
                                            orm::next_row("pages"_k = orm::F<"pages"> * 1.5)));
}
