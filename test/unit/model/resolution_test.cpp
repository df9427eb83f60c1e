// The resolver with names that are known at run time only.
#include <asynchrormous/model/resolver.hpp>

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

struct Author {
    std::int64_t id = 0;
    std::string name{};
    std::optional<orm::foreign_key<Author>> mentor{};
};

struct Book {
    std::int64_t id = 0;
    std::string title{};
    std::optional<orm::date> published{};
    orm::foreign_key<Author> author{};
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

}  // namespace
