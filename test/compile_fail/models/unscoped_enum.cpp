// expect: a type that no column can hold
// expect: "form"
// expect: format
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

enum format { paper, ebook };

struct Book {
    std::int64_t id = 0;
    format form{};
};

const auto& table = orm::table_of<Book>();
