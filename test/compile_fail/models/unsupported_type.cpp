// expect: a type that no column can hold
// expect: "where"
// expect: place
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct place {};

struct Book {
    std::int64_t id = 0;
    place where{};
};

const auto& table = orm::table_of<Book>();
