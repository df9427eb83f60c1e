// expect: the field before this segment is no relation
#include "authors_books.hpp"

void ask() {
    static_cast<void>(
        Writer::objects.annotate("long"_k = orm::FilteredRelation<"name">(orm::Q("name"_k = "x"))));
}
