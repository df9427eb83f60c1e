// expect: a version counts the writes of its row
// expect: "title"
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <string>

struct Book {
    std::int64_t id = 0;
    std::string title{};

    static constexpr auto meta = orm::meta(orm::column<&Book::title>(orm::version));
};

const auto& table = orm::table_of<Book>();
