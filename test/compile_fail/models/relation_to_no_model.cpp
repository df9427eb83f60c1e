// expect: not a plain struct
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    orm::many_to_many<std::string> tags{};
};

const auto& table = orm::table_of<Book>();
