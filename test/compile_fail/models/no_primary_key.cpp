// expect: Book
// expect: has no primary key
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::string title{};
};

const auto& table = orm::table_of<Book>();
