// expect: delete_counted() would delete for good
// expect: Book
#include <asynchrormous/orm.hpp>

struct Book {
    std::int64_t id = 0;
    orm::embedded<orm::soft_deletion> deletion{};

    static constexpr orm::soft_manager<Book> objects{};
};

const auto deleted = Book::objects.delete_counted();
