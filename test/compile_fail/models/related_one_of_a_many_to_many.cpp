// expect: use related_set
// expect: related_one<Book
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Tag {
    std::int64_t id = 0;
    orm::related_one<struct Book, "tags"> book{};
};

struct Book {
    std::int64_t id = 0;
    orm::many_to_many<Tag> tags{};
};

const auto& table = orm::table_of<Tag>();
