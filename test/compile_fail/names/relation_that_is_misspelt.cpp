// expect: no such field
// expect: "bokks"
// expect: "books"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Author {
    std::int64_t id = 0;
    orm::related_set<struct Book, "author"> books{};
};

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Author> author{};
};

constexpr bool valid = orm::field_of<Author, "bokks__id">::valid;
