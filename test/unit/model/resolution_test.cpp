// The resolver with names that are known at run time only.
#include <asynchrormous/query/manager.hpp>

#include <doctest/doctest.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace {

using orm::model_detail::names;
using orm::model_detail::path_error;
using orm::model_detail::resolution;
using orm::model_detail::resolve;

struct Tag {
    std::int64_t id = 0;
    std::string word{};
    orm::related_set<struct Book, "tags"> books{};
};

struct Author {
    std::int64_t id = 0;
    std::string name{};
    std::optional<orm::foreign_key<Author>> mentor{};
    orm::related_set<Author, "mentor"> students{};
    orm::related_set<struct Book, "author"> book{};
    orm::related_set<struct Book, "author"> book_list{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    std::optional<orm::date> published{};
    orm::foreign_key<Author> author{};
    orm::many_to_many<Tag> tags{};
};

resolution lookup(std::string_view text) { return resolve(orm::table_of<Book>(), text, names::lookups); }
resolution field(std::string_view text) { return resolve(orm::table_of<Book>(), text, names::fields); }

TEST_CASE("a path goes over relations to a column, a transform and a lookup") {
    const std::string text = "author__mentor__name__istartswith";
    const resolution found = lookup(text);
    CHECK(found.error == path_error::none);
    CHECK(found.hop_count == 2);
    CHECK(found.hops[1].from->name == "mentor_id");
    CHECK(found.target->name == "name");
    CHECK(found.chain.lookup->name == "istartswith");
    CHECK(found.nullable);
    CHECK(lookup("published__week__range").chain.last()->name == "week");
}

TEST_CASE("a wrong name is reported with its place, the model it was looked up in and the nearest one") {
    const std::string_view text = "author__mentor__nmae__gt";
    const resolution found = lookup(text);
    CHECK(found.error == path_error::no_such_field);
    CHECK(text.substr(found.begin, found.size) == "nmae");
    CHECK(found.at->model == "Author");
    CHECK(found.nearest == "name");
}

TEST_CASE("names that are no path are refused") {
    CHECK(lookup("").error == path_error::no_such_field);
    CHECK(lookup("__").error == path_error::no_such_field);
    CHECK(lookup("title__").error == path_error::no_such_lookup);
    CHECK(lookup("title_").error == path_error::no_such_field);
    CHECK(lookup("title__gt__").error == path_error::no_such_lookup);
    CHECK(lookup("author__").error == path_error::no_such_field);
    CHECK(lookup("author_id__name").error == path_error::no_such_lookup);
    CHECK(field("title__gt").error == path_error::not_a_relation);
    CHECK(field("author__gt").error == path_error::no_such_field);
}

TEST_CASE("a path that follows too many relations is refused") {
    std::string text = "author";
    for (int i = 0; i < 15; ++i) text += "__mentor";
    CHECK(field(text).error == path_error::none);
    CHECK(field(text + "__mentor").error == path_error::none);
    CHECK(field(text + "__mentor__mentor").error == path_error::too_many_hops);
}

TEST_CASE("a path over relations without a column has a hop for each join and a step for each relation") {
    const resolution found = lookup("author__book__tags__word__startswith");
    CHECK(found.error == path_error::none);
    REQUIRE(found.hop_count == 4);
    CHECK(found.hops[1].to->name == "author_id");
    CHECK(found.hops[2].into->name == "book_tags");
    CHECK(found.hops[3].into->model == "Tag");
    REQUIRE(found.step_count == 3);
    CHECK_FALSE(found.steps[0].relation);
    CHECK(found.steps[2].relation);
    CHECK(found.target->name == "word");
    CHECK(found.nullable);
    CHECK_FALSE(found.to_rows);
}

TEST_CASE("a path may end in a relation, which stands for the key of its rows") {
    CHECK(field("tags").to_rows);
    CHECK(field("tags").target == &orm::table_of<Tag>().key());
    CHECK(lookup("author__students__isnull").to_rows);
    CHECK_FALSE(field("tags__id").to_rows);
    CHECK(field("tags__pk").target == field("tags").target);
}

TEST_CASE("the longest name wins among relations, too") {
    CHECK(field("author__book_list__title").hops[1].into->name == "book");
    CHECK(field("author__book__title").error == path_error::none);
    CHECK(field("author__book_list").steps[1].index == 2);
    CHECK(field("author__book").steps[1].index == 1);
}

TEST_CASE("a wrong name after a relation is looked up in the model it leads to") {
    const std::string_view text = "tags__boks__title";
    const resolution found = lookup(text);
    CHECK(found.error == path_error::no_such_field);
    CHECK(text.substr(found.begin, found.size) == "boks");
    CHECK(found.at->model == "Tag");
    CHECK(found.nearest == "books");
    CHECK(field("tags__word__gt").error == path_error::not_a_relation);
    CHECK(field("tags__id__word").error == path_error::not_a_relation);
}

TEST_CASE("relations count as the joins they are") {
    std::string text = "tags";
    for (int i = 0; i < 7; ++i) text += i % 2 ? "__tags" : "__books";
    CHECK(field(text).hop_count == 16);
    CHECK(field(text + "__title").error == path_error::none);
    CHECK(field(text + "__author").error == path_error::none);
    CHECK(field(text + "__author__name").error == path_error::too_many_hops);
    CHECK(field(text + "__tags").error == path_error::too_many_hops);
}

}  // namespace
