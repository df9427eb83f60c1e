// expect: stream() is awaited row by row; add .async() before it
// expect: Book
#include <asynchrormous/orm.hpp>

struct Book {
    std::int64_t id = 0;

    static constexpr orm::manager<Book> objects{};
};

auto rows = Book::objects.stream();
