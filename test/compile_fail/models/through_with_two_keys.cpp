// expect: has several foreign keys to one of its sides
// expect: "from"
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
    orm::foreign_key<Tag> tag{};
    std::optional<orm::foreign_key<Tag>> instead_of{};
};

const auto& table = orm::table_of<Book>();
