// expect: more than one primary key
// expect: "title"
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    std::string code{};
    std::string title{};
    static constexpr auto meta =
        orm::meta(orm::column<&Book::code>(orm::primary_key), orm::column<&Book::title>(orm::primary_key));
};

const auto& table = orm::table_of<Book>();
