// expect: auto_now and auto_now_add are for dates and timestamps
// expect: "pages"
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>

struct Book {
    std::int64_t id = 0;
    int pages = 0;

    static constexpr auto meta = orm::meta(orm::column<&Book::pages>(orm::auto_now_add));
};

const auto& table = orm::table_of<Book>();
