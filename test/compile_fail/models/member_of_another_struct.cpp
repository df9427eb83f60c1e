// expect: meta has a column<&Other::member> of another struct
// expect: "id"
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
    static constexpr auto meta = orm::meta(orm::column<&Author::id>(orm::unique));
};

const auto& table = orm::table_of<Book>();
