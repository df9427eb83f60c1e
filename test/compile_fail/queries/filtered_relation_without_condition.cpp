// expect: FilteredRelation needs a condition
#include "authors_books.hpp"

void ask() { static_cast<void>(orm::FilteredRelation<"books">()); }
