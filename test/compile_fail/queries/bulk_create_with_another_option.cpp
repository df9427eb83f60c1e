// expect: bulk_create() takes ignore_conflicts
#include "shop.hpp"

void create() { Book::objects.bulk_create({}, orm::force_insert); }
