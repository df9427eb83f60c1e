// expect: this is for models that embed orm::embedded<orm::soft_deletion>
// expect: Book
#include <asynchrormous/orm.hpp>

struct Book {
    std::int64_t id = 0;

    static constexpr orm::manager<Book> objects{};
};

const auto restored = Book::objects.restore();
