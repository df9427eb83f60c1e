// expect: on_delete is for foreign_key members
// expect: "title"
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    std::string title{};
    static constexpr auto meta = orm::meta(orm::column<&Book::title>(orm::on_delete::cascade));
};

const auto& table = orm::table_of<Book>();
