// expect: no such field
// expect: "titel"
#include <asynchrormous/orm.hpp>

struct Book {
    std::int64_t id = 0;
    std::string title{};

    static constexpr orm::manager<Book> objects{};
};

const auto errors = Book::objects.validate({}, orm::exclude_fields<"titel">);
