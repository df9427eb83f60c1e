// expect: this validator or choice does not take values of this member's type
// expect: "pages"
#include <asynchrormous/orm.hpp>

struct Book {
    std::int64_t id = 0;
    int pages = 0;

    static constexpr auto meta = orm::meta(orm::column<&Book::pages>(orm::choices("few", "many")));
    static constexpr orm::manager<Book> objects{};
};

const auto& table = orm::table_of<Book>();
