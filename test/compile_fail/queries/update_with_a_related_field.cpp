// expect clang: related_column_in_update<Book, orm::reflect::fixed_string<5>{"title"},
// expect clang: orm::reflect::fixed_string<12>{"author__name"}>
// expect: read it by a Subquery
#include "shop.hpp"

void ask() { static_cast<void>(Book::objects.update("title"_k = orm::F<"title"> + orm::F<"author__name">)); }
