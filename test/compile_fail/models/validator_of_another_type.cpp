// expect: this validator or choice does not take values of this member's type
// expect: Book
// expect: "title"
#include <asynchrormous/orm.hpp>

struct Book {
    std::int64_t id = 0;
    std::string title{};

    static constexpr auto meta = orm::meta(
        orm::column<&Book::title>(orm::max_length(9), orm::validators(orm::slug, orm::min_value(3))));
    static constexpr orm::manager<Book> objects{};
};

const auto& table = orm::table_of<Book>();
