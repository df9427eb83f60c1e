// expect: names a field that the other model does not have
// expect: related_set<Book
// expect: "authr"
// expect: "author"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Author {
    std::int64_t id = 0;
    orm::related_set<struct Book, "authr"> books{};
};

struct Book {
    std::int64_t id = 0;
    std::string authority{};
    orm::foreign_key<Author> author{};
};

const auto& table = orm::table_of<Author>();
