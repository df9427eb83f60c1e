// expect: on_delete::set_null needs a member that can be NULL
// expect: "author"
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Author {
    std::int64_t id = 0;
    std::string name{};
};

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Author> author{};
    static constexpr auto meta = orm::meta(orm::column<&Book::author>(orm::on_delete::set_null));
};

const auto& table = orm::table_of<Book>();
