// ORDER BY: explicit, by the model, through related models, reversed and under DISTINCT.
#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

const query books{book};

std::string order(const query& rows) {
    const std::string line = shown(render_select(rows));
    const auto at = line.find(" ORDER BY ");
    return at == line.npos ? "" : line.substr(at + 10);
}

query by(const query& rows, std::string_view names, bool descending = false, bool by_column = false) {
    return rows.order_by({{of(rows.source(), names), descending, by_column}});
}

const std::string authors_order = R"("author"."name" ASC)";

}  // namespace

TEST_CASE("without order_by the model's ordering holds, order_by replaces it, of nothing clears it") {
    CHECK(order(query(author)) == authors_order);
    CHECK(order(by(query(author), "age", true)) == R"("author"."age" DESC)");
    CHECK(order(by(by(query(author), "age"), "id")) == R"("author"."id" ASC)");
    CHECK(order(query(author).order_by({})).empty());
    CHECK(order(books).empty());
}

TEST_CASE("ordering by a foreign key means the related model's ordering") {
    CHECK(order(by(books, "author")) == authors_order);
    CHECK(order(by(books, "author", true)) == R"("author"."name" DESC)");
    CHECK(from(by(books, "editor")) ==
          R"("book" LEFT OUTER JOIN "author" ON ("book"."editor_id" = "author"."id") ORDER BY )" +
              authors_order);
}

TEST_CASE("ordering by the key column itself needs no join") {
    CHECK(from(by(books, "author", false, true)) == R"("book" ORDER BY "book"."author_id" ASC)");
    CHECK(from(by(books, "author__id", false, true)) == R"("book" ORDER BY "book"."author_id" ASC)");
    CHECK(from(by(books, "author__pk", true, true)) == R"("book" ORDER BY "book"."author_id" DESC)");
}

TEST_CASE("a related model without an ordering is ordered by its key") {
    CHECK(order(by(books, "author__country")) == R"("author"."country_id" ASC)");
    CHECK(from(by(books, "sequel_to")) == R"("book" ORDER BY "book"."sequel_to_id" ASC)");
}

TEST_CASE("a model's ordering follows paths and foreign keys, descending flips all of it") {
    CHECK(from(query(review)) == R"("review" INNER JOIN "book" ON ("review"."book_id" = "book"."id") )"
                                 R"(INNER JOIN "author" ON ("book"."author_id" = "author"."id") )"
                                 R"(ORDER BY "review"."score" DESC, "author"."name" ASC)");
    CHECK(order(query(review).reverse()) == R"("review"."score" ASC, "author"."name" DESC)");
}

TEST_CASE("reverse flips every term wherever it stands in the chain, twice is never") {
    const query rows = books.order_by({{of(book, "title")}, {of(book, "pages"), true}});
    CHECK(order(rows.reverse()) == R"("book"."title" DESC, "book"."pages" ASC)");
    CHECK(order(rows.reverse().reverse()) == order(rows));
    CHECK(order(by(books.reverse(), "title")) == R"("book"."title" DESC)");
    CHECK(order(books.reverse()).empty());
}

TEST_CASE("a column orders once, by its first direction") {
    const query rows = books.order_by(
        {{of(book, "title")}, {of(book, "title"), true}, {of(book, "author")}, {of(book, "author__name")}});
    CHECK(order(rows) == R"("book"."title" ASC, )" + authors_order);
}

TEST_CASE("an ordering that leads back to itself is an error that names the models") {
    CHECK_THROWS_WITH_AS(render_select(query(knot)),
                         doctest::Contains("Knot leads back to itself (Knot -> Knot)"), orm::query_error);
    CHECK_THROWS_WITH_AS(render_select(query(left_half)), doctest::Contains("(Left -> Right -> Left)"),
                         orm::query_error);
    CHECK_THROWS_AS(render_select(by(query(left_half), "other")), orm::query_error);
    CHECK(order(by(query(knot), "next", false, true)) == R"("knot"."next_id" ASC)");
}

TEST_CASE("parts of dates order as expressions") {
    const query rows =
        books.order_by({{call({"EXTRACT(YEAR FROM {0})::int"}, of(book, "published"), int4), true}});
    CHECK(order(rows) == R"(EXTRACT(YEAR FROM "book"."published")::int DESC)");
}

TEST_CASE("DISTINCT selects the ordering's columns too, each once") {
    const query titles = books.select({{"", of(book, "title")}}).distinct();
    CHECK(shown(render_select(titles)) == R"(SELECT DISTINCT "book"."title" FROM "book")");
    CHECK(shown(render_select(by(titles, "title"))) ==
          R"(SELECT DISTINCT "book"."title" FROM "book" ORDER BY "book"."title" ASC)");
    CHECK(shown(render_select(by(titles, "author"))) ==
          R"(SELECT DISTINCT "book"."title", "author"."name" FROM "book" )"
          R"(INNER JOIN "author" ON ("book"."author_id" = "author"."id") ORDER BY "author"."name" ASC)");
    const query ages = query(author).select({{"", of(author, "age")}}).distinct();
    CHECK(shown(render_select(ages)) ==
          R"(SELECT DISTINCT "author"."age", "author"."name" FROM "author" ORDER BY "author"."name" ASC)");
}
