// A small library in a schema of its own, and the library's connection to it.
#pragma once

#include "../../support/library.hpp"
#include "../support.hpp"

namespace test {

class library_fixture {
public:
    library_fixture() : db_(orm::connect(schema_.url())) {
        db_.make_current();
        orm::create_tables<library::Country, library::Author, library::Book>().get();
    }
    ~library_fixture() { db_.close().get(); }

    // Four authors, one without a country; five books, two of them sequels, some without dates and stars.
    void fill() {
        using namespace library;
        Country::objects.create({.code = "us", .name = "United States"});
        Country::objects.create({.code = "pl", .name = "Poland"});
        ursula =
            Author::objects.create({.name = "Ursula K. Le Guin", .born = day(1929, 10, 21), .country = "us"});
        stanislaw =
            Author::objects.create({.name = "Stanisław Lem", .born = day(1921, 9, 12), .country = "pl"});
        anonymous = Author::objects.create({.name = "Anonymous"});
        wizard = Book::objects.create({.title = "A Wizard of Earthsea",
                                       .pages = 205,
                                       .price = 7.5,
                                       .published = day(1968, 11, 1),
                                       .author = ursula,
                                       .editor = stanislaw,
                                       .keywords = {"sea", "wizard"},
                                       .stars = 5});
        tombs = Book::objects.create({.title = "The Tombs of Atuan",
                                      .pages = 163,
                                      .price = 6,
                                      .published = day(1971, 1, 1),
                                      .author = ursula,
                                      .sequel_of = wizard});
        shore = Book::objects.create({.title = "The Farthest Shore",
                                      .pages = 223,
                                      .price = 8.25,
                                      .published = day(1972, 9, 1),
                                      .author = ursula,
                                      .sequel_of = tombs,
                                      .stars = 4});
        solaris = Book::objects.create({.title = "Solaris",
                                        .pages = 204,
                                        .price = 9,
                                        .published = day(1961, 1, 1),
                                        .author = stanislaw,
                                        .editor = ursula,
                                        .binding = binding::hardcover,
                                        .stars = 5});
        songs = Book::objects.create(
            {.title = "100%_Songs\\", .pages = 12, .author = anonymous, .in_print = false});
    }

    static orm::date day(int year, unsigned month, unsigned day) {
        return orm::date(std::chrono::year(year) / static_cast<int>(month) / static_cast<int>(day));
    }

    plain_connection plain() const { return plain_connection(schema_.url()); }
    std::string schema_url() const { return schema_.url(); }
    const orm::database& db() const { return db_; }

    library::Author ursula{}, stanislaw{}, anonymous{};
    library::Book wizard{}, tombs{}, shore{}, solaris{}, songs{};

private:
    fresh_schema schema_{};
    orm::database db_;
};

struct filled_library : library_fixture {
    filled_library() { fill(); }
};

// The titles of a QuerySet of books, or of any range of them.
template <class Books>
std::vector<std::string> titles(const Books& books) {
    std::vector<std::string> result;
    for (const library::Book& book : books) result.push_back(book.title);
    return result;
}

using strings = std::vector<std::string>;

}  // namespace test
