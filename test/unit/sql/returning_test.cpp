// Values of the rows that an update or a delete has changed.
#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

const query old = query(book).filter(eq(book, "author__name", str("b")));
const query simple = query(book).filter(eq(book, "pages", num(100)));
const assignment more[] = {
    {&column_of(book, "pages"), call({"{0} + {1}"}, {of(book, "pages"), num(1)}, int4)}};

}  // namespace

TEST_CASE("an update gives back values of its rows, by name where they have one") {
    const selected_column back[] = {{"", of(book, "id")},
                                    {"half", call({"{0} / {1}"}, {of(book, "pages"), num(2)}, int4)}};
    CHECK(shown(render_update(simple, more, back)) ==
          R"(UPDATE "book" SET "pages" = "book"."pages" + $1 WHERE "book"."pages" = $2 )"
          R"(RETURNING "book"."id", "book"."pages" / $3 AS "half" | 1, 100, 2)");
    CHECK(shown(render_update(simple, more)) ==
          R"(UPDATE "book" SET "pages" = "book"."pages" + $1 WHERE "book"."pages" = $2 | 1, 100)");
    CHECK(shown(render_update(old, more, {back, 1})) ==
          R"(UPDATE "book" SET "pages" = "book"."pages" + $1 WHERE "book"."id" IN (SELECT "book"."id" )"
          R"(FROM "book" )"
          R"(INNER JOIN "author" ON ("book"."author_id" = "author"."id") WHERE "author"."name" = $2) )"
          R"(RETURNING "book"."id" | 1, b)");
}

TEST_CASE("a delete gives back what was deleted, subqueries too") {
    const query scores = query(review)
                             .filter(compare(lookup_kind::exact, of(review, "book"), outer("id", 1, int8)))
                             .order_by({})
                             .select({{"", of(review, "score")}})
                             .slice(0, 1);
    const selected_column back[] = {
        {"", of(book, "title")},
        {"score", subquery(subquery_kind::scalar, scores, {{"id", 1, of(book, "id")}}, int4)}};
    CHECK(
        shown(render_delete(simple, back)) ==
        R"(DELETE FROM "book" WHERE "book"."pages" = $1 RETURNING "book"."title", (SELECT "U0"."score" FROM )"
        R"("review" "U0" WHERE "U0"."book_id" = "book"."id" LIMIT $2) AS "score" | 100, 1)");
}

TEST_CASE("what is given back is of the row itself") {
    const selected_column name[] = {{"", of(book, "author__name")}};
    CHECK_THROWS_WITH_AS(render_delete(simple, name),
                         "Book: returning() cannot be given a column of a related model; use a column of the "
                         "same row, or a Subquery",
                         orm::query_error);
    const selected_column count[] = {{"", aggregate({.function = "COUNT", .result = int8})}};
    CHECK_THROWS_WITH_AS(render_delete(simple, count), doctest::Contains("an aggregate or a window"),
                         orm::query_error);
}

TEST_CASE("rows that are chosen by an aggregate are changed by their keys") {
    const query many = query(book)
                           .annotate("n", aggregate({.function = "COUNT", .result = int8}))
                           .filter(compare(lookup_kind::gt, named("n", int8), num(0)));
    CHECK(shown(render_delete(many)) ==
          R"(DELETE FROM "book" WHERE "book"."id" IN (SELECT "book"."id" FROM "book" )"
          R"(GROUP BY "book"."id" HAVING COUNT(*) > $1) | 0)");
}

TEST_CASE("rows that were sliced or made distinct by values are not changed") {
    CHECK_THROWS_WITH_AS(render_delete(simple.slice(0, 1)), doctest::Contains("once a slice has been taken"),
                         orm::query_error);
    CHECK_THROWS_WITH_AS(render_delete(simple.distinct_on({of(book, "author")})),
                         doctest::Contains("cannot delete after distinct() on values"), orm::query_error);
    CHECK_NOTHROW(render_delete(simple.distinct_on({of(book, "author")}).distinct()));
}
