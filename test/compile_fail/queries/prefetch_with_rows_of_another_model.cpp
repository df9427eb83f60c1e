// expect: has other rows than the relation
// expect: Book
// expect: author
#include "shop.hpp"

void ask() {
    static_cast<void>(Book::objects.prefetch_related(orm::Prefetch<"author">(Book::objects.all())));
}
