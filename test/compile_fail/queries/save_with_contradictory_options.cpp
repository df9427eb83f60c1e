// expect: force_insert excludes update_fields and force_update
#include "shop.hpp"

Book save(const Book& book) {
    return Book::objects.save(book, orm::force_insert, orm::update_fields<"title">);
}
