// expect: has no primary key
// expect: Book
#include <asynchrormous/model/resolver.hpp>

#include <string>

struct Book {
    std::string title{};
    static constexpr auto meta = orm::meta();
};

static_assert(orm::check_value<Book, "titel", int>() || !orm::lookup_of<Book, "title__gt">::valid);
