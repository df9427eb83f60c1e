// expect: is no foreign_key, one_to_one or many_to_many to this model
// expect: "title"
// expect: "author"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Author {
    std::int64_t id = 0;
    orm::related_set<struct Book, "title"> books{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    orm::foreign_key<Author> author{};
};

const auto& table = orm::table_of<Author>();
