// expect: is no foreign_key, one_to_one or many_to_many to this model
// expect: "tags"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Tag {
    std::int64_t id = 0;
};

struct Author {
    std::int64_t id = 0;
    orm::related_set<struct Book, "tags"> books{};
};

struct Book {
    std::int64_t id = 0;
    orm::many_to_many<Tag> tags{};
};

const auto& table = orm::table_of<Author>();
