// expect: has a bit-field
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    int pages : 3 = 0;
};

const auto& table = orm::table_of<Book>();
