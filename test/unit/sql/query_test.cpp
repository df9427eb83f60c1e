#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

#include <limits>

using namespace sql_test;

namespace {

const query books{book};

std::string limits(const query& rows) {
    const std::string line = shown(render_select(rows));
    const auto at = std::min(line.find(" LIMIT"), line.find(" OFFSET"));
    return at == line.npos ? "" : line.substr(at + 1);
}

query without_title(const query& rows) { return rows.exclude(eq(book, "title", str("a"))); }

}  // namespace

TEST_CASE("a query is one pointer and its copies do not see later clauses") {
    static_assert(sizeof(query) == sizeof(void*));
    const query copy = books;
    const query filtered = copy.filter(eq(book, "title", str("a")));
    CHECK(where(books).empty());
    CHECK(where(filtered) == R"("book"."title" = $1 | a)");
}

TEST_CASE("the shape of a query ignores values and tells clauses and their order apart") {
    const auto titled = [](const char* title) { return books.filter(eq(book, "title", str(title))); };
    CHECK(titled("a").shape() == titled("b").shape());
    CHECK(titled("a").shape() != books.shape());
    CHECK(books.distinct().shape() != books.reverse().shape());
    CHECK(books.slice(0, 5).shape() == books.slice(0, 7).shape());
    CHECK(books.slice(0, 5).shape() != books.slice(0, 0).shape());
    CHECK(books.slice(0, 5).shape() != books.slice(3, 5).shape());
    CHECK(books.order_by({{of(book, "title")}}).shape() !=
          books.order_by({{of(book, "title"), true}}).shape());
    CHECK(books.select({{"", of(book, "title")}}).shape() != books.select({{"", of(book, "pages")}}).shape());
    CHECK(query(book).shape() != query(author).shape());
}

TEST_CASE("slices compose") {
    CHECK(limits(books.slice(0, 10)) == "LIMIT $1 | 10");
    CHECK(limits(books.slice(5, {})) == "OFFSET $1 | 5");
    CHECK(limits(books.slice(5, {}).slice(0, 2)) == "LIMIT $1 OFFSET $2 | 2, 5");
    CHECK(limits(books.slice(2, 10).slice(3, {})) == "LIMIT $1 OFFSET $2 | 7, 5");
    CHECK(limits(books.slice(2, 10).slice(3, 100)) == "LIMIT $1 OFFSET $2 | 7, 5");
    CHECK(limits(books.slice(2, 10).slice(1, 4)) == "LIMIT $1 OFFSET $2 | 4, 3");
}

TEST_CASE("a slice of nothing needs no query, also by composition") {
    CHECK(books.slice(2, 0).empty());
    CHECK(books.slice(0, 3).slice(3, {}).empty());
    CHECK(books.slice(0, 3).slice(5, 2).empty());
    CHECK(shown(render_select(books.slice(0, 3).slice(3, {}))) == "no query");
    CHECK_FALSE(books.slice(0, 3).slice(2, {}).empty());
    CHECK(books.none().empty());
    CHECK(books.none().filter(eq(book, "title", str("a"))).empty());
}

TEST_CASE("a slice of everything is no slice") {
    CHECK_FALSE(books.slice(0, {}).sliced());
    CHECK_NOTHROW(static_cast<void>(without_title(books.slice(0, {}))));
}

TEST_CASE("offsets and limits beyond a bigint are cut to it") {
    const auto most = std::numeric_limits<std::uint64_t>::max();
    CHECK(limits(books.slice(most, most)) == "LIMIT $1 OFFSET $2 | 9223372036854775807, 9223372036854775807");
    CHECK(limits(books.slice(most, {}).slice(most, {})) == "OFFSET $1 | 9223372036854775807");
}

TEST_CASE("a sliced query refuses what would have to happen before the slice, and says so") {
    const query few = books.slice(0, 5);
    CHECK(few.sliced());
    CHECK_THROWS_WITH_AS(
        static_cast<void>(few.filter(eq(book, "title", str("a")))),
        "Book: cannot filter a query once a slice has been taken; call filter() before slicing",
        orm::query_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(without_title(few)),
                         doctest::Contains("call exclude() before slicing"), orm::query_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(few.order_by({})), doctest::Contains("Book: cannot reorder"),
                         orm::query_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(few.reverse()), doctest::Contains("Book: cannot reverse"),
                         orm::query_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(few.distinct()), doctest::Contains("distinct() before"),
                         orm::query_error);
}

TEST_CASE("filtering by no condition is allowed after a slice") {
    CHECK_NOTHROW(static_cast<void>(books.slice(0, 5).filter(all_of({}))));
}

TEST_CASE("ordered means by order_by or by the model, and order_by of nothing clears both") {
    CHECK_FALSE(books.ordered());
    CHECK(books.order_by({{of(book, "title")}}).ordered());
    CHECK_FALSE(books.order_by({{of(book, "title")}}).order_by({}).ordered());
    CHECK(query(author).ordered());
    CHECK_FALSE(query(author).order_by({}).ordered());
}

TEST_CASE("a chain built in a long loop is taken apart without recursion") {
    query rows = books;
    for (int i = 0; i < 500'000; ++i) rows = rows.reverse();
    CHECK_FALSE(rows.empty());
}
