// expect: related<…>() takes a related_set
#include "related.hpp"

auto made(const Book& book) { return orm::related<&Book::author>(book); }
