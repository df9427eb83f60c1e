// expect: unique_together or index in meta names a field
// expect: "titel"
// expect: "title"
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    std::string title{};
    static constexpr auto meta = orm::meta(orm::unique_together("id", "titel"));
};

const auto& table = orm::table_of<Book>();
