// expect: save() takes update_fields
#include "shop.hpp"

Book save(const Book& book) { return Book::objects.save(book, 3); }
