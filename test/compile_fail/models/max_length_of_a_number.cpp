// expect: max_length is for std::string members
// expect: "pages"
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    int pages = 0;
    static constexpr auto meta = orm::meta(orm::column<&Book::pages>(orm::max_length(3)));
};

const auto& table = orm::table_of<Book>();
