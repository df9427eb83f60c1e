// expect: has a base class
// expect: orm::embedded<Base>
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Base {
    int x = 0;
};

struct Book : Base {
    std::int64_t id = 0;
};

const auto& table = orm::table_of<Book>();
