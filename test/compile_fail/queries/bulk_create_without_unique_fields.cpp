// expect: update_conflicts needs unique_fields
#include "shop.hpp"

void create() { Book::objects.bulk_create({}, orm::update_conflicts, orm::update_fields<"title">); }
