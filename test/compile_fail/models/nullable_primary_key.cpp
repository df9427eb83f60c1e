// expect: a primary key cannot be NULL
// expect: "code"
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::optional<std::string> code{};
    static constexpr auto meta = orm::meta(orm::column<&Book::code>(orm::primary_key));
};

const auto& table = orm::table_of<Book>();
