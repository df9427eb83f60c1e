// expect: an annotation cannot have the name of a field of the model
#include "authors_books.hpp"

void ask() {
    static_cast<void>(Writer::objects.annotate(
        "books"_k = orm::FilteredRelation<"books">(orm::Q("books__pages__gt"_k = 300))));
}
