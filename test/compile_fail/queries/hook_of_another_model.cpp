// expect: a hook takes a row of its model
// expect: Book
#include <asynchrormous/orm.hpp>

struct Author {
    std::int64_t id = 0;
};
void greet(const Author&) {}

struct Book {
    std::int64_t id = 0;

    static constexpr auto hooks = orm::hooks(orm::after_save<&greet>);
    static constexpr orm::manager<Book> objects{};
};

const auto made = Book::objects.create({});
