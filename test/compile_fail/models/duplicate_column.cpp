// expect: two members of this model are the same column
// expect: "writer"
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    std::string title{};
    std::string writer{};
    static constexpr auto meta = orm::meta(orm::column<&Book::writer>(orm::column_name("title")));
};

const auto& table = orm::table_of<Book>();
