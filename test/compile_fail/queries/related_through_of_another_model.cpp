// expect: takes a row of the relation's through model
// expect: other_through_model<void, Passport>
#include "related.hpp"

auto added(const Book& book, const Tag& tag) { return book.tags.add(tag, orm::through_defaults(Passport{})); }
