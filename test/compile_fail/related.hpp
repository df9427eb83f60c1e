// The models of cases about related members.
#pragma once

#include <asynchrormous/orm.hpp>

#include <cstdint>

struct Book;
struct Tag;
struct Passport;

struct Author {
    std::int64_t id = 0;
    orm::related_set<Book, "author"> books{};
    orm::related_one<Passport, "of"> passport{};
};

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Author> author{};
    orm::many_to_many<Tag> tags{};
};

struct Tag {
    std::int64_t id = 0;
    orm::related_set<Book, "tags"> books{};
};

struct Passport {
    std::int64_t id = 0;
    orm::one_to_one<Author> of{};
};
