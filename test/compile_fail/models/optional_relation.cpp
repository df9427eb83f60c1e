// expect: never a std::optional
// expect: "books"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Author {
    std::int64_t id = 0;
    std::optional<orm::related_set<struct Book, "author">> books{};
};

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Author> author{};
};

const auto& table = orm::table_of<Author>();
