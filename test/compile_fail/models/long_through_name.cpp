// expect: longer than the 63 characters
// expect: give it a through model
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Tag {
    std::int64_t id = 0;
};

struct Book {
    std::int64_t id = 0;
    orm::many_to_many<Tag> tags_that_readers_have_given_to_it_in_the_last_year_or_before{};
};

const auto& table = orm::table_of<Book>();
