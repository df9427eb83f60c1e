// expect: take saved rows of the related model
// expect: no_row_or_key_of<Book, Tag>
#include "related.hpp"

auto added(const Author& author, const Tag& tag) { return author.books.add(tag); }
