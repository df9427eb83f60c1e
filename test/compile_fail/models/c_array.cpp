// expect: a type that no column can hold
// expect: "title"
// expect: char
// expect: [20]
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    char title[20]{};
};

const auto& table = orm::table_of<Book>();
