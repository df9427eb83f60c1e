// expect: foreign key's type differs from the primary key
// expect: "country"
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Country {
    std::string code{};
    static constexpr auto meta = orm::meta(orm::column<&Country::code>(orm::primary_key));
};

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Country> country{};
};

const auto& table = orm::table_of<Book>();
