// expect: ordering in meta names a field that this model does not have
// expect: Book
// expect: "-titel"
// expect: "title"
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    std::string title{};
    static constexpr auto meta = orm::meta(orm::ordering("-titel"));
};

const auto& table = orm::table_of<Book>();
