// The graph of joins by itself: how a hop begins, and what promotion and demotion take along.
#include "tables.hpp"

#include <doctest/doctest.h>

#include <sql/joins.hpp>

using namespace sql_test;

namespace {

const hop sequel = forward(column_of(book, "sequel_to"));
const hop writer = forward(column_of(book, "author"));
const hop editor = forward(column_of(book, "editor"));

// book -> sequel (nullable) -> its author (required)
struct chain {
    join_graph joins{book, 0};
    std::size_t first = joins.follow(0, sequel);
    std::size_t second = joins.follow(first, writer);

    join_type type(std::size_t source) const { return joins.at(source).type; }
};

}  // namespace

TEST_CASE("a hop begins outer over a nullable key and behind an outer join, else inner") {
    chain made;
    CHECK(made.type(made.first) == join_type::outer);
    CHECK(made.type(made.second) == join_type::outer);
    CHECK(made.type(made.joins.follow(0, writer)) == join_type::inner);
}

TEST_CASE("demotion takes everything before the join along") {
    chain made;
    made.joins.demote({&made.second, 1});
    CHECK(made.type(made.first) == join_type::inner);
    CHECK(made.type(made.second) == join_type::inner);
    CHECK(made.type(0) == join_type::root);
}

TEST_CASE("promotion takes everything behind the join along, also over required keys") {
    chain made;
    made.joins.demote({&made.second, 1});
    made.joins.promote({made.first});
    CHECK(made.type(made.first) == join_type::outer);
    CHECK(made.type(made.second) == join_type::outer);
}

TEST_CASE("a join over a required key is promoted only behind an outer one") {
    chain made;
    const std::size_t required = made.joins.follow(0, writer);
    made.joins.promote({required});
    CHECK(made.type(required) == join_type::inner);
    made.joins.demote({&made.second, 1});
    made.joins.promote({made.second});
    CHECK(made.type(made.second) == join_type::inner);
}

TEST_CASE("a hop is reused, another key to the same table gets a numbered name") {
    join_graph joins(book, 0);
    CHECK(joins.follow(0, writer) == joins.follow(0, writer));
    CHECK(joins.at(joins.follow(0, editor)).alias == "T3");
    CHECK(joins.at(joins.follow(0, sequel)).alias == "T4");
}

TEST_CASE("a trimmed walk uses no join, a walk to another column all on its way") {
    join_graph joins(book, 0);
    const path key = path_to(book, "sequel_to__editor__id");
    const destination to = joins.walk(0, key.hops, *key.target);
    CHECK(to.column.of->name == "editor_id");
    CHECK(joins.at(to.column.source).via.from->name == "sequel_to_id");
    CHECK(joins.at(to.column.source).used);
    CHECK_FALSE(joins.at(to.deepest).used);
    const path name = path_to(book, "sequel_to__editor__name");
    static_cast<void>(joins.walk(0, name.hops, *name.target));
    CHECK(joins.at(to.deepest).used);
}

TEST_CASE("a hop with many rows is shared within one list, and made anew for another") {
    join_graph joins(author, 0);
    const hop& books = author_books[0];
    reusable first, second;
    const std::size_t one = joins.follow(0, books, &first);
    CHECK(joins.follow(0, books, &first) == one);
    const std::size_t two = joins.follow(0, books, &second);
    CHECK(two != one);
    CHECK(joins.at(two).alias == "T3");
    CHECK(joins.follow(0, books) == two);
    CHECK(joins.follow(one, writer, &first) == joins.follow(one, writer, &second));
}
