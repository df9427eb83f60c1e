// Models in a ring of relations without columns: a reverse side, a many_to_many with its reverse side, both
// ends of a one_to_one and a through model. As in circle.hpp, the tests differ in what they use first.
#pragma once

#include <asynchrormous/query/manager.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>

namespace ring {

struct book;
struct tag;
struct cover;
struct review;

struct author {
    std::int64_t id = 0;
    std::string name{};
    orm::related_set<book, "writer"> books{};
    orm::many_to_many<book, review> reviewed{};
};

struct book {
    std::int32_t number = 0;
    std::string title{};
    orm::foreign_key<author> writer{};
    orm::many_to_many<tag> tags{};
    orm::related_one<cover, "wraps"> jacket{};
    orm::related_set<author, "reviewed"> reviewers{};

    static constexpr auto meta = orm::meta(orm::primary_key("number"), orm::table("volume"));
};

struct tag {
    std::string word{};
    orm::related_set<book, "tags"> books{};
    orm::many_to_many<tag> implies{};

    static constexpr auto meta =
        orm::meta(orm::primary_key("word"), orm::ordering("implies__word", "books__writer__name"));
};

struct cover {
    orm::one_to_one<book, std::int32_t> wraps{};
    std::string colour{};

    static constexpr auto meta = orm::meta(orm::primary_key("wraps"));
};

struct review {
    std::int64_t id = 0;
    orm::foreign_key<author> who{};
    std::optional<orm::foreign_key<book, std::int32_t>> what{};
    int stars = 0;
};

struct ring_tables {
    const orm::sql::table* author;
    const orm::sql::table* book;
    const orm::sql::table* tag;
    const orm::sql::table* cover;
    const orm::sql::table* review;
    const orm::sql::table* book_tags;

    friend bool operator==(const ring_tables&, const ring_tables&) = default;
};

inline ring_tables all_tables() {
    return {&orm::table_of<author>(), &orm::table_of<book>(),   &orm::table_of<tag>(),
            &orm::table_of<cover>(),  &orm::table_of<review>(), orm::table_of<book>().relations[0].through};
}

// What each of the tests asks at its end.
template <class Author, class Book, class Tag, class Cover>
constexpr bool resolves_from_everywhere() {
    using orm::field_of;
    using orm::lookup_of;
    using text = std::optional<std::string>;
    static_assert(lookup_of<Author, "books__tags__word__icontains">::path.hops.size() == 3);
    static_assert(lookup_of<Tag, "books__writer__reviewed__jacket__colour">::path.hops.size() == 6);
    static_assert(lookup_of<Cover, "wraps__reviewers__books__tags__implies">::path.hops.size() == 8);
    static_assert(std::is_same_v<typename field_of<Author, "books__title">::type, text>);
    static_assert(std::is_same_v<typename field_of<Tag, "books__jacket__colour">::type, text>);
    static_assert(std::is_same_v<typename field_of<Cover, "wraps__title">::type, std::string>);
    static_assert(std::is_same_v<typename field_of<Book, "tags">::type,
                                 std::optional<orm::foreign_key<Tag, std::string>>>);
    static_assert(orm::table_of<Tag>().relations[0].target == &orm::table_of<Book>());
    static_assert(orm::table_of<Book>().relations[0].target == &orm::table_of<Tag>());
    return true;
}

}  // namespace ring
