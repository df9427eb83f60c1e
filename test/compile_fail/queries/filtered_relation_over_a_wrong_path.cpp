// expect: no such field
// expect: "bosks"
#include "authors_books.hpp"

void ask() {
    static_cast<void>(Writer::objects.annotate(
        "long_books"_k = orm::FilteredRelation<"bosks">(orm::Q("books__pages__gt"_k = 300))));
}
