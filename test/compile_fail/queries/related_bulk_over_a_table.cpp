// expect: need two statements
#include "related.hpp"

auto made(const Book& book) { return book.tags.bulk_create({Tag{}}); }
