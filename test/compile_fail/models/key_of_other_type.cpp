// expect: foreign key's type differs from the primary key
// expect: "author"
#include <asynchrormous/model/resolver.hpp>

#include <cstdint>
#include <string>

struct Author {
    std::int64_t id = 0;
};

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Author, std::int32_t> author{};
};

constexpr bool found = orm::lookup_of<Book, "author">::valid;
