// expect: two members of this model are the same column
// expect: "title"
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Names {
    std::string title{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    orm::embedded<Names> names{};
};

const auto& table = orm::table_of<Book>();
