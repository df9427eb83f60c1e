// expect: no such field
// expect: "pagse"
#include "authors_books.hpp"

void ask() {
    static_cast<void>(Writer::objects.annotate(
        "long_books"_k = orm::FilteredRelation<"books">(orm::Q("books__pagse__gt"_k = 300))));
}
