// The models whose rows Django reads too: models.py says the same. Each table has NULLs, ties and keys to
// itself.
#pragma once

#include <asynchrormous/orm.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace oracle {

using namespace orm::literals;

struct Author;
struct Book;
struct BookTag;
struct Review;

enum class binding : std::uint8_t { paperback, hardcover, digital };

struct Country {
    std::string code{};
    std::string name{};
    std::optional<int> founded{};
    orm::related_set<Author, "country"> authors{};

    static constexpr auto meta =
        orm::meta(orm::column<&Country::code>(orm::primary_key, orm::max_length(2)), orm::ordering("name"));
    static constexpr orm::manager<Country> objects{};
};

struct Author {
    std::int64_t id = 0;
    std::string name{};
    std::optional<orm::date> born{};
    std::optional<orm::foreign_key<Country, std::string>> country{};
    std::optional<orm::foreign_key<Author>> mentor{};
    std::optional<double> rating{};
    orm::related_set<Author, "mentor"> students{};
    orm::related_set<Book, "author"> books{};
    orm::related_set<Book, "editor"> edited{};
    orm::related_set<Review, "reviewer"> reviews{};

    static constexpr orm::manager<Author> objects{};
};

struct Tag {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<Book, "tags"> books{};
    orm::related_set<BookTag, "tag"> book_tags{};

    static constexpr orm::manager<Tag> objects{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    int pages = 0;
    double price = 0;
    std::optional<orm::date> published{};
    orm::foreign_key<Author> author{};
    std::optional<orm::foreign_key<Author>> editor{};
    std::optional<orm::foreign_key<Book>> sequel_of{};
    oracle::binding binding = oracle::binding::paperback;
    std::vector<std::string> keywords{};
    std::optional<orm::uuid> isbn{};
    bool in_print = true;
    std::optional<std::int16_t> stars{};
    std::optional<std::string> subtitle{};
    orm::timestamptz created{};
    std::optional<orm::timestamptz> checked{};
    orm::related_set<Book, "sequel_of"> sequels{};
    orm::many_to_many<Tag, BookTag> tags{};
    orm::related_set<BookTag, "book"> book_tags{};
    orm::related_set<Review, "book"> reviews{};

    static constexpr auto meta = orm::meta(orm::column<&Book::editor>(orm::on_delete::set_null),
                                           orm::column<&Book::sequel_of>(orm::on_delete::set_null),
                                           orm::ordering("-published", "title", "id"));
    static constexpr orm::manager<Book> objects{};
};

struct BookTag {
    std::int64_t id = 0;
    orm::foreign_key<Book> book{};
    orm::foreign_key<Tag> tag{};

    static constexpr orm::manager<BookTag> objects{};
};

struct Review {
    std::int64_t id = 0;
    orm::foreign_key<Book> book{};
    std::optional<orm::foreign_key<Author>> reviewer{};
    std::optional<int> score{};
    std::string text{};

    static constexpr orm::manager<Review> objects{};
};

}  // namespace oracle
