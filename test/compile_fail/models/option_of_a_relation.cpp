// expect: no column of this model
// expect: "tags"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Tag {
    std::int64_t id = 0;
};

struct Book {
    std::int64_t id = 0;
    orm::many_to_many<Tag> tags{};

    static constexpr auto meta = orm::meta(orm::column<&Book::tags>(orm::db_index));
};

const auto& table = orm::table_of<Book>();
