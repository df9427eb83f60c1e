// expect: no such lookup of this annotation
// expect: Book
// expect: "label__lenght"
// expect: "length"
#include "shop.hpp"

void ask() {
    static_cast<void>(Book::objects.annotate("label"_k = orm::F<"title"> + "!").order_by<"label__lenght">());
}
