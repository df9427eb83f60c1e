// expect: lacks a foreign key to one of its sides
// expect: many_to_many<Tag, BookTag
// expect: about<
// expect: "Tag"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Tag {
    std::int64_t id = 0;
};

struct Book {
    std::int64_t id = 0;
    orm::many_to_many<Tag, struct BookTag> tags{};
};

struct BookTag {
    std::int64_t id = 0;
    orm::foreign_key<Book> book{};
    std::int64_t tag{};
};

const auto& table = orm::table_of<Book>();
