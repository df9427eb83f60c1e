// expect: not a plain struct
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    Book(int) {}
    std::int64_t id = 0;
};

const auto& table = orm::table_of<Book>();
