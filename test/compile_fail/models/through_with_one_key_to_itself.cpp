// expect: lacks a foreign key to one of its sides
// expect: "Person"
#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>

struct Person {
    std::int64_t id = 0;
    orm::many_to_many<Person, struct Friendship> friends{};
};

struct Friendship {
    std::int64_t id = 0;
    orm::foreign_key<Person> person{};
};

const auto& table = orm::table_of<Person>();
