// expect: no such field
// expect: "pagse"
#include "shop.hpp"

void ask() {
    const auto books = Book::objects.annotate("twice"_k = orm::F<"pagse"> * 2);
    static_cast<void>(books.filter("twice__gt"_k = 3, orm::F<"twice"> < 9).order_by<"-twice">());
    static_cast<void>(books.annotate("more"_k = orm::F<"twice"> + 1).filter("more"_k = 3));
    static_cast<void>(books.values_list<"twice">().rows());
}
