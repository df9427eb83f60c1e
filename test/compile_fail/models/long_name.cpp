// expect: at most 63 characters
// expect: Book
#include <asynchrormous/model/table_of.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Book {
    std::int64_t id = 0;
    int a_member_with_a_name_that_is_longer_than_postgresql_can_ever_take_it = 0;
};

const auto& table = orm::table_of<Book>();
