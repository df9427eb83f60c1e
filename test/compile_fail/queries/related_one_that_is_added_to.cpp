// expect: a related_one holds one row at most
#include "related.hpp"

auto added(const Author& author, const Passport& passport) { return author.passport.add(passport); }
