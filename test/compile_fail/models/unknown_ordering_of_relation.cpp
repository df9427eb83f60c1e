// expect: ordering in meta names a field
// expect: "author__nam"
// expect: "name"
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
    static constexpr auto meta = orm::meta(orm::ordering("author__nam"));
};

const auto& table = orm::table_of<Book>();
