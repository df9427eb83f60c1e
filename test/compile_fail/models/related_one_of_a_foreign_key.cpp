// expect: use related_set
// expect: related_one<Book
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Author {
    std::int64_t id = 0;
    orm::related_one<struct Book, "author"> book{};
};

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Author> author{};
};

const auto& table = orm::table_of<Author>();
