// expect: only columns of the model itself can be named here, and neither its primary key
// expect: "id"
#include "shop.hpp"

Book save(const Book& book) { return Book::objects.save(book, orm::update_fields<"id">); }
