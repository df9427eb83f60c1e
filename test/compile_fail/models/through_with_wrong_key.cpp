// expect: is no foreign key to that side
// expect: "tag"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Tag {
    std::int64_t id = 0;
};

struct Book {
    std::int64_t id = 0;
    orm::many_to_many<Tag, struct BookTag, "tag", "book"> tags{};
};

struct BookTag {
    std::int64_t id = 0;
    orm::foreign_key<Book> book{};
    orm::foreign_key<Tag> tag{};
};

const auto& table = orm::table_of<Book>();
