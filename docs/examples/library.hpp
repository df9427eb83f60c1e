// The models of the README and of most of the guide, and a few rows of them.
#pragma once

// [models]
#include <asynchrormous/orm.hpp>
using namespace orm::literals;

struct Author {
    std::int64_t id = 0;  // "id" is the identity primary key, as in Django
    std::string name{};
    std::string country{};

    static constexpr orm::manager<Author> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    std::optional<orm::date> published{};  // nullable column <=> std::optional, the one rule
    orm::foreign_key<Author> author{};     // column author_id

    static constexpr auto meta =
        orm::meta(orm::table("library_book"), orm::column<&Book::title>(orm::max_length(200), orm::db_index),
                  orm::column<&Book::author>(orm::on_delete::cascade), orm::ordering("-published", "title"),
                  orm::unique_together("title", "author"));
    static constexpr orm::manager<Book> objects{};
};
// [/models]

struct library_rows {
    Author ursula, stanislaw;
    Book wizard, tombs, shore, solaris, summa;
};

inline library_rows fill_library() {
    orm::create_tables<Author, Book>().get();
    library_rows rows;
    rows.ursula = Author::objects.create({.name = "Ursula K. Le Guin", .country = "us"});
    rows.stanislaw = Author::objects.create({.name = "Stanisław Lem", .country = "pl"});
    const auto book = [](const char* title, int pages, std::optional<orm::date> published, const Author& by) {
        return Book::objects.create({.title = title, .pages = pages, .published = published, .author = by});
    };
    rows.wizard = book("A Wizard of Earthsea", 205, orm::date(1968, 11, 1), rows.ursula);
    rows.tombs = book("The Tombs of Atuan", 163, orm::date(1971, 1, 1), rows.ursula);
    rows.shore = book("The Farthest Shore", 323, orm::date(1972, 9, 1), rows.ursula);
    rows.solaris = book("Solaris", 304, orm::date(1961, 1, 1), rows.stanislaw);
    rows.summa = book("Summa Technologiae", 580, std::nullopt, rows.stanislaw);
    return rows;
}

// Titles in the order of the rows, with a blank between them.
template <class Books>
std::string titles(const Books& books) {
    std::string all;
    for (const Book& book : books) all += (all.empty() ? "" : ", ") + book.title;
    return all;
}
