// Unions, intersections and differences: how they are spelled, and what may follow them.
#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

const query titles = query(book).select({{"", of(book, "id")}, {"", of(book, "title")}});
const query shorts = titles.filter(compare(lookup_kind::lt, of(book, "pages"), num(100)));
const query longs = titles.filter(compare(lookup_kind::gt, of(book, "pages"), num(900)));

query joined(combinator how) { return shorts.combine(how, {longs}); }

std::string of_query(const query& rows) { return shown(render_select(rows)); }

}  // namespace

TEST_CASE("members are written one after another") {
    CHECK(of_query(joined(combinator::union_distinct)) ==
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $1 UNION )"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" > $2 | 100, 900)");
    CHECK(of_query(joined(combinator::union_all)).find(" UNION ALL SELECT") != std::string::npos);
    CHECK(of_query(joined(combinator::intersection)).find(" INTERSECT SELECT") != std::string::npos);
    CHECK(of_query(joined(combinator::difference)).find(" EXCEPT SELECT") != std::string::npos);
}

TEST_CASE("a member with an ordering, a slice or members of its own is parenthesised") {
    const query sliced = shorts.order_by({{.by = of(book, "title")}}).slice(0, 2);
    CHECK(
        of_query(sliced.combine(combinator::union_all, {longs})) ==
        R"((SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $1 ORDER BY )"
        R"("book"."title" )"
        R"(ASC LIMIT $2) UNION ALL SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" > $3)"
        R"( | 100, 2, 900)");
    CHECK(of_query(titles.combine(combinator::difference, {joined(combinator::union_distinct)})) ==
          R"(SELECT "book"."id", "book"."title" FROM "book" EXCEPT ()"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $1 UNION )"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" > $2) | 100, 900)");
}

TEST_CASE("a member's model has an ordering that counts in a slice only") {
    const query names = query(author).select({{"", of(author, "name")}});
    CHECK(of_query(names.combine(combinator::union_all, {names.slice(0, 1)})) ==
          R"(SELECT "author"."name" FROM "author" UNION ALL )"
          R"((SELECT "author"."name" FROM "author" ORDER BY "author"."name" ASC LIMIT $1) | 1)");
}

TEST_CASE("the ordering is by the position of a selected column, then comes the slice") {
    const query rows = joined(combinator::union_distinct);
    const std::string made = of_query(rows.order_by({{.by = of(book, "title"), .descending = true},
                                                     {.by = of(book, "id"), .nulls = nulls_order::last}})
                                          .slice(1, 3));
    CHECK(made.find(R"( ORDER BY 2 DESC, 1 ASC NULLS LAST LIMIT $3 OFFSET $4 | 100, 900, 3, 1)") !=
          std::string::npos);
    CHECK(of_query(rows.order_by({{.by = of(book, "title")}}).reverse()).find("ORDER BY 2 DESC") !=
          std::string::npos);
    const query with_name = query(book).select({{"name", of(book, "title")}});
    CHECK(of_query(with_name.combine(combinator::union_all, {with_name})
                       .order_by({{.by = named("name", varchar)}})) ==
          R"(SELECT "book"."title" AS "name" FROM "book" UNION ALL )"
          R"(SELECT "book"."title" AS "name" FROM "book" ORDER BY 1 ASC)");
}

TEST_CASE("an expression of selected columns orders the rows around the combination") {
    const expression_ptr length = call({"LENGTH({0})"}, {of(book, "title")}, int4);
    CHECK(of_query(joined(combinator::union_distinct).order_by({{.by = length}}).slice(0, 1)) ==
          R"(SELECT "combined"."c1", "combined"."c2" FROM ()"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $1 UNION )"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" > $2) "combined" ("c1", )"
          R"("c2") )"
          R"(ORDER BY LENGTH("combined"."c2") ASC LIMIT $3 | 100, 900, 1)");
}

TEST_CASE("a column that the members do not select orders nothing, and the error names the way out") {
    const query rows = joined(combinator::union_distinct);
    CHECK_THROWS_WITH_AS(render_select(rows.order_by({{.by = of(book, "pages")}})),
                         doctest::Contains("\"pages\" is not among the columns of the combined QuerySets"),
                         orm::query_error);
    CHECK_THROWS_WITH_AS(render_select(rows.order_by({{.by = of(book, "author__name")}})),
                         doctest::Contains("add it to their values()"), orm::query_error);
    const query books(book);  // the default ordering of a related model
    CHECK_THROWS_AS(
        render_select(books.combine(combinator::union_all, {books}).order_by({{.by = of(book, "author")}})),
        orm::query_error);
    CHECK_THROWS_AS(
        render_select(
            books.combine(combinator::union_all, {books}).order_by({{.by = of(book, "author__id")}})),
        orm::query_error);
    CHECK_NOTHROW(render_select(books.combine(combinator::union_all, {books})
                                    .order_by({{.by = of(book, "author"), .by_column = true}})));
}

TEST_CASE("what is selected afterwards is selected in the members, if they have chosen nothing") {
    const query all =
        query(book).combine(combinator::union_distinct, {query(book).exclude(eq(book, "pages", num(1)))});
    CHECK(of_query(all.select({{"", of(book, "title")}}).order_by({{.by = of(book, "title")}})) ==
          R"(SELECT "book"."title" FROM "book" UNION SELECT "book"."title" FROM "book" )"
          R"(WHERE NOT ("book"."pages" = $1) ORDER BY 1 ASC | 1)");
    CHECK(of_query(joined(combinator::union_distinct).select({{"t", of(book, "title")}})) ==
          R"(SELECT "combined"."c2" AS "t" FROM ()"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $1 UNION )"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" > $2) "combined" ("c1", )"
          R"("c2") | 100, 900)");
    CHECK_THROWS_WITH_AS(render_select(query(country)
                                           .combine(combinator::union_all, {query(author)})
                                           .select({{"", of(country, "name")}})),
                         doctest::Contains("call values() on both before"), orm::query_error);
}

TEST_CASE("members need the same number of columns") {
    CHECK_THROWS_WITH_AS(render_select(titles.combine(combinator::union_all,
                                                      {query(country).select({{"", of(country, "id")}})})),
                         doctest::Contains("Book has 2 columns here and Country has 1"), orm::query_error);
}

TEST_CASE("members without rows are left out, or decide") {
    const query none = titles.none();
    CHECK(of_query(none.combine(combinator::union_all, {none})) == "no query");
    CHECK(of_query(shorts.combine(combinator::intersection, {none})) == "no query");
    CHECK(of_query(none.combine(combinator::difference, {shorts})) == "no query");
    CHECK(of_query(shorts.combine(combinator::union_all, {none})) ==
          R"(SELECT "combined"."c1", "combined"."c2" FROM ()"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $1) "combined" ("c1", )"
          R"("c2") | 100)");
    CHECK(of_query(shorts.slice(0, 9)
                       .combine(combinator::union_distinct, {none})
                       .order_by({{.by = of(book, "title")}})
                       .slice(0, 5)) ==
          R"(SELECT DISTINCT "combined"."c1", "combined"."c2" FROM ()"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $1 LIMIT $2) )"
          R"("combined" ("c1", "c2") )"
          R"(ORDER BY "combined"."c2" ASC LIMIT $3 | 100, 9, 5)");
    CHECK(of_query(joined(combinator::union_all).none()) == "no query");
}

TEST_CASE("one member that is left is made distinct before anything is chosen or ordered") {
    const query rows = shorts.combine(combinator::union_distinct, {titles.none()});
    const std::string distinct =
        R"(SELECT DISTINCT "combined"."c1", "combined"."c2" FROM ()"
        R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $1) "combined" ("c1", "c2"))";
    CHECK(of_query(rows.select({{"", of(book, "title")}})) ==
          R"(SELECT "combined"."c2" FROM ()" + distinct + R"() "combined" ("c1", "c2") | 100)");
    const expression_ptr length = call({"LENGTH({0})"}, {of(book, "title")}, int4);
    CHECK(of_query(titles.combine(combinator::difference, {rows.order_by({{.by = length}})}))
              .find(R"(EXCEPT (SELECT "distinct"."c1", "distinct"."c2" FROM (SELECT DISTINCT )") !=
          std::string::npos);
}

TEST_CASE("rows of a combination are counted and aggregated around it") {
    const query rows = joined(combinator::union_distinct);
    const std::string inside =
        R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $1 UNION )"
        R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" > $2)";
    CHECK(shown(render_count(rows.order_by({{.by = of(book, "id")}}))) ==
          "SELECT COUNT(*) FROM (" + inside + R"() "subquery" ("c1", "c2") | 100, 900)");
    CHECK(shown(render_count(rows.order_by({{.by = of(book, "id")}}).slice(2, 3))) ==
          "SELECT COUNT(*) FROM (" + inside +
              R"( ORDER BY 1 ASC LIMIT $3 OFFSET $4) "subquery" ("c1", "c2") | 100, 900, 3, 2)");
    const expression_ptr longest[] = {
        aggregate({.function = "MAX", .arguments = {of(book, "title")}, .result = varchar})};
    CHECK(shown(render_aggregate(rows, longest)) ==
          R"(SELECT MAX("subquery"."c2") FROM ()" + inside + R"() "subquery" ("c1", "c2") | 100, 900)");
    const expression_ptr some[] = {
        aggregate({.function = "COUNT",
                   .filter = negate(compare(lookup_kind::startswith, of(book, "title"), str("a%"))),
                   .result = int8})};
    CHECK(shown(render_aggregate(rows, some)) ==
          R"(SELECT COUNT(*) FILTER (WHERE NOT ("subquery"."c2" LIKE $1 AND "subquery"."c2" IS NOT NULL)) )"
          R"(FROM ()"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" < $2 UNION )"
          R"(SELECT "book"."id", "book"."title" FROM "book" WHERE "book"."pages" > $3) "subquery" ("c1", )"
          R"("c2") | a%, 100, 900)");
    const expression_ptr pages[] = {
        aggregate({.function = "MAX", .arguments = {of(book, "pages")}, .result = int4})};
    CHECK_THROWS_WITH_AS(render_aggregate(rows, pages),
                         doctest::Contains("\"pages\" is not among the columns"), orm::query_error);
    CHECK(shown(render_exists(rows)) == inside + " LIMIT 1 | 100, 900");
}

TEST_CASE("a combination on the right of in has one column, its members' key if nothing was selected") {
    const query all =
        query(book)
            .filter(eq(book, "pages", num(1)))
            .combine(combinator::union_distinct, {query(book).filter(eq(book, "pages", num(2)))});
    const auto in = [](const query& rows) {
        return where(query(review).filter(
            compare(lookup_kind::in, of(review, "book"), subquery(subquery_kind::scalar, rows, {}, int8))));
    };
    CHECK(in(all.order_by({{.by = of(book, "title")}})) ==
          R"("review"."book_id" IN (SELECT "U0"."id" FROM "book" "U0" WHERE "U0"."pages" = $1 UNION )"
          R"(SELECT "U0"."id" FROM "book" "U0" WHERE "U0"."pages" = $2) | 1, 2)");
    const std::string sliced = in(all.order_by({{.by = of(book, "title")}}).slice(0, 1));
    CHECK(sliced.find(R"("review"."book_id" IN (SELECT "U0"."c1" FROM (SELECT "U0"."id", "U0"."title")") ==
          0);
    CHECK(
        sliced.find(R"() "U0" ("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8", "c9") ORDER BY "U0"."c2" ASC )"
                    R"(LIMIT $3))") != std::string::npos);
    CHECK(where(query(review).filter(subquery(subquery_kind::exists, all, {}, {}))) ==
          R"(EXISTS(SELECT "U0"."id" FROM "book" "U0" WHERE "U0"."pages" = $1 UNION )"
          R"(SELECT "U0"."id" FROM "book" "U0" WHERE "U0"."pages" = $2 LIMIT 1) | 1, 2)");
}

TEST_CASE("another combination is another shape") {
    CHECK(joined(combinator::union_all).shape() != joined(combinator::union_distinct).shape());
    CHECK(joined(combinator::union_all).shape() != longs.combine(combinator::union_all, {shorts}).shape());
    CHECK(joined(combinator::union_all).shape() == joined(combinator::union_all).shape());
}

TEST_CASE("conditions, annotations and changes belong to the members") {
    const query rows = joined(combinator::union_all);
    CHECK_THROWS_WITH_AS(
        (void)rows.filter(eq(book, "pages", num(1))),
        doctest::Contains("filter() has no meaning after union_(), intersection() or difference()"),
        orm::query_error);
    CHECK_THROWS_AS((void)rows.exclude(eq(book, "pages", num(1))), orm::query_error);
    CHECK_THROWS_AS((void)rows.annotate("n", num(1)), orm::query_error);
    CHECK_THROWS_AS((void)rows.distinct(), orm::query_error);
    CHECK_THROWS_AS((void)rows.distinct_on({of(book, "id")}), orm::query_error);
    const assignment one[] = {{&column_of(book, "pages"), num(1)}};
    CHECK_THROWS_WITH_AS(render_update(rows, one),
                         doctest::Contains("update() has no meaning after union_()"), orm::query_error);
    CHECK_THROWS_WITH_AS(render_delete(rows), doctest::Contains("delete() has no meaning after union_()"),
                         orm::query_error);
}
