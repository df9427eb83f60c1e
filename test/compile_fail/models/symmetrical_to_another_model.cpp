// expect: of a model to itself
// expect: symmetrical
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Tag {
    std::int64_t id = 0;
};

struct Book {
    std::int64_t id = 0;
    orm::many_to_many<Tag, orm::symmetrical> tags{};
};

const auto& table = orm::table_of<Book>();
