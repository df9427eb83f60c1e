// expect: the QuerySet has an annotation or a column of this name already
#include "authors_books.hpp"

void ask() { static_cast<void>(long_books().annotate("long_books"_k = orm::F<"id">)); }
