#include <asynchrormous/model/error.hpp>
#include <asynchrormous/model/resolver.hpp>
#include <asynchrormous/query/follow.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>

namespace {

struct Author {
    std::int64_t id = 0;
    std::string name{};
};

struct Country {
    std::string code{};

    static constexpr auto meta = orm::meta(orm::column<&Country::code>(orm::primary_key));
};

struct Book {
    std::int64_t id = 0;
    orm::foreign_key<Author> author{};
    std::optional<orm::foreign_key<Author>> editor{};
    orm::foreign_key<Country, std::string> country{};
};

const Author ursula{.id = 7, .name = "Ursula"};

TEST_CASE("a foreign key takes keys of any width, and text keys from literals") {
    const Book book{.author = 3, .editor = 4L, .country = "US"};
    CHECK(book.author.key() == 3);
    CHECK(book.editor->key() == 4);
    CHECK(book.country.key() == "US");
    CHECK_FALSE(book.author.loaded());
}

TEST_CASE("a foreign key takes an object and keeps it as the loaded row") {
    const Book book{.author = ursula, .editor = ursula};
    CHECK(book.author.key() == 7);
    CHECK(book.author.loaded());
    CHECK(book.author->name == "Ursula");
    CHECK((*book.editor)->name == "Ursula");
}

TEST_CASE("copies of a row share the loaded row") {
    const Book book{.author = ursula};
    const Book copy = book;
    book.author->name = "Le Guin";
    CHECK(copy.author->name == "Le Guin");
    CHECK(ursula.name == "Ursula");
}

TEST_CASE("foreign keys compare by their keys, with keys and with objects") {
    const orm::foreign_key<Author> loaded = ursula;
    const orm::foreign_key<Author> unloaded = 7;
    CHECK(loaded == unloaded);
    CHECK(loaded == 7);
    CHECK(loaded == ursula);
    CHECK(ursula == unloaded);
    CHECK(loaded != 8);
    CHECK(loaded < orm::foreign_key<Author>(8));
    CHECK(std::optional(loaded) == unloaded);
    CHECK(std::optional<orm::foreign_key<Author>>() != unloaded);
}

TEST_CASE("a key that is set anew forgets the loaded row") {
    Book book{.author = ursula};
    book.author = 8;
    CHECK(book.author.key() == 8);
    CHECK_FALSE(book.author.loaded());
}

TEST_CASE("a loaded row is set later by whoever loads relations") {
    Book book{.author = 7};
    book.author.set_loaded(ursula);
    CHECK(book.author->name == "Ursula");
}

TEST_CASE("the key of an object is the value of its primary key") {
    CHECK(orm::key_of(ursula) == 7);
    CHECK(orm::key_of(Country{.code = "AQ"}) == "AQ");
}

}  // namespace
