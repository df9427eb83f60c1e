// Three models that refer to each other in a circle, and one to itself. Which of them is used first differs
// between the tests that include this; all must come to the same tables.
#pragma once

#include <asynchrormous/model/resolver.hpp>

#include <cstdint>
#include <optional>
#include <string>

namespace circle {

struct book;
struct publisher;

struct author {
    std::int64_t id = 0;
    std::string name{};
    std::optional<orm::foreign_key<book>> favourite{};
    std::optional<orm::foreign_key<author>> mentor{};

    static constexpr auto meta = orm::meta(orm::ordering("favourite__house__name", "-name"));
};

struct book {
    std::int64_t id = 0;
    std::string title{};
    orm::foreign_key<author> writer{};
    orm::foreign_key<publisher, std::string> house{};

    static constexpr auto meta = orm::meta(orm::ordering("writer__mentor__name"));
};

struct publisher {
    std::string code{};
    std::string name{};
    std::optional<orm::foreign_key<author>> founder{};

    static constexpr auto meta = orm::meta(orm::column<&publisher::code>(orm::primary_key));
};

struct circle_tables {
    const orm::sql::table* author;
    const orm::sql::table* book;
    const orm::sql::table* publisher;

    friend bool operator==(const circle_tables&, const circle_tables&) = default;
};

inline circle_tables all_tables() {
    return {&orm::table_of<author>(), &orm::table_of<book>(), &orm::table_of<publisher>()};
}

// What each of the tests asks at its end.
template <class Author, class Book, class Publisher>
constexpr bool resolves_from_everywhere() {
    using orm::field_of;
    using orm::lookup_of;
    using text = std::optional<std::string>;
    static_assert(lookup_of<Author, "favourite__house__founder__name__icontains">::path.hops.size() == 3);
    static_assert(lookup_of<Book, "house__founder__favourite__title">::path.hops.size() == 3);
    static_assert(lookup_of<Publisher, "founder__mentor__mentor__name">::path.hops.size() == 3);
    static_assert(std::is_same_v<typename field_of<Author, "favourite__house__name">::type, text>);
    static_assert(std::is_same_v<typename field_of<Book, "writer__name">::type, std::string>);
    static_assert(std::is_same_v<typename field_of<Publisher, "founder__favourite__title">::type, text>);
    static_assert(orm::table_of<Book>().columns[2].target == &orm::table_of<Author>());
    static_assert(orm::table_of<Author>().columns[2].target == &orm::table_of<Book>());
    static_assert(orm::table_of<Author>().columns[3].target == &orm::table_of<Author>());
    return true;
}

}  // namespace circle
