// expect: iterator() blocks between the rows; after .async() write stream()
// expect: Book
#include <asynchrormous/orm.hpp>

struct Book {
    std::int64_t id = 0;

    static constexpr orm::manager<Book> objects{};
};

auto rows = Book::objects.async().iterator();
