// expect: no such field
// expect: "titel"
// expect: "title"
#include "shop.hpp"

Book save(const Book& book) { return Book::objects.save(book, orm::update_fields<"titel">); }
