// expect: over a table between, get_or_create() the row by the manager of its own model
#include "related.hpp"

using namespace orm::literals;

auto made(const Book& book) { return book.tags.get_or_create("id"_k = 1); }
