// expect: this model is declared but not defined where it is first used
// expect: Author
#include <asynchrormous/model/resolver.hpp>

#include <cstdint>

struct Author;

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Author> author{};
};

const auto& table = orm::table_of<Book>();
