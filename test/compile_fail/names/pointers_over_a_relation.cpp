// expect: belongs to another struct
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Author {
    std::int64_t id = 0;
    orm::related_set<struct Book, "author"> books{};
};

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Author> author{};
};

constexpr bool valid = orm::member_path<Author, orm::step(&Author::books), orm::step(&Author::id)>::valid;
