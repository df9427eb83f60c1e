// expect: declared but not defined
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Author {
    std::int64_t id = 0;
    orm::related_set<struct Book, "author"> books{};
};

const auto& table = orm::table_of<Author>();
