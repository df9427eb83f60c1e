// expect: would make this key NULL
// expect: key_without_null<Book
#include "related.hpp"

auto removed(const Author& author, const Book& book) { return author.books.remove(book); }
