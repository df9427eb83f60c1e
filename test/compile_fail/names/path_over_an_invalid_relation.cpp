// expect: names a field that the other model does not have
// expect: related_set<Author
// expect: "bok"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Tag {
    std::int64_t id = 0;
    orm::related_set<struct Author, "bok"> authors{};
};

struct Author {
    std::int64_t id = 0;
    orm::foreign_key<Tag> book{};
};

constexpr bool valid = orm::field_of<Author, "book__authors__id">::valid;
