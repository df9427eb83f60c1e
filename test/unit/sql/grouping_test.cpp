// GROUP BY and HAVING.
#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

const std::string joined = R"("author" LEFT OUTER JOIN "book" ON ("author"."id" = "book"."author_id"))";
expression_ptr books() { return agg("COUNT", of(author, "books")); }
expression_ptr n() { return named("n", int8); }
const query counted = query(author).annotate("n", books());

// What follows the select list, whose queries have a FROM of their own.
std::string from_author(const query& rows) {
    const std::string line = shown(render_select(rows.order_by({})));
    return line.substr(line.rfind(R"( FROM "author" INNER)") + 6);
}

}  // namespace

TEST_CASE("aggregates are grouped by the key, or by the values that came before") {
    CHECK(from(counted) == joined + R"( GROUP BY "author"."id")");
    CHECK(from(query(author).select({{"", of(author, "age")}}).annotate("n", books())) ==
          joined + R"( GROUP BY "author"."age")");
    CHECK(from(counted.select({{"", of(author, "age")}, {"", n()}})) ==
          joined + R"( GROUP BY "author"."id")");
    CHECK(from(counted.annotate("c", of(author, "country__name"))) ==
          joined + R"( LEFT OUTER JOIN "country" ON ("author"."country_id" = "country"."id") )"
                   R"(GROUP BY "author"."id", "country"."name")");
}

TEST_CASE("an explicit ordering joins the groups") {
    const query ages = query(author).select({{"", of(author, "age")}});
    CHECK(from(ages.order_by({{of(author, "name")}}).annotate("n", books())) ==
          joined + R"( GROUP BY "author"."age", "author"."name" ORDER BY "author"."name" ASC)");
    CHECK(from(ages.annotate("n", books()).order_by({{n(), true}})) ==
          joined + R"( GROUP BY "author"."age" ORDER BY COUNT("book"."id") DESC)");
}

TEST_CASE("conditions on aggregates are HAVING, others WHERE, an OR of both HAVING") {
    const expression_ptr many = compare(lookup_kind::gt, n(), num(2));
    const expression_ptr old = eq(author, "age", num(60));
    CHECK(from(counted.filter(all_of({many, old}))) ==
          joined +
              R"( WHERE "author"."age" = $1 GROUP BY "author"."id" HAVING COUNT("book"."id") > $2 | 60, 2)");
    CHECK(from(counted.filter(any_of({many, eq(author, "country__name", str("c"))}))) ==
          joined + R"( LEFT OUTER JOIN "country" ON ("author"."country_id" = "country"."id") )"
                   R"(GROUP BY "author"."id", "country"."name" )"
                   R"(HAVING (COUNT("book"."id") > $1 OR "country"."name" = $2) | 2, c)");
    CHECK(from(query(author).filter(compare(lookup_kind::gt, books(), num(1)))) ==
          joined + R"( GROUP BY "author"."id" HAVING COUNT("book"."id") > $1 | 1)");
}

TEST_CASE("an aggregate that another join would multiply has a query of its own") {
    const auto own = [](std::string_view what, std::string_view via) {
        return "(SELECT " + std::string(what) +
               R"( FROM "author" "U0" LEFT OUTER JOIN "book" "U1" ON ("U0"."id" = "U1".")" +
               std::string(via) + R"(") WHERE "U0"."id" = "author"."id"))";
    };
    const query both = counted.annotate("m", agg("COUNT", of(author, "edited"))).select({});
    CHECK(
        shown(render_select(both.select({{"n", named("n", int8)}, {"m", named("m", int8)}}).order_by({}))) ==
        "SELECT " + own(R"(COUNT("U1"."id"))", "author_id") + R"( AS "n", )" +
            own(R"(COUNT("U1"."id"))", "editor_id") + R"( AS "m" FROM "author")");
}

TEST_CASE("a filter after it multiplies an aggregate, too, and the rows stay one for each key") {
    CHECK(from_author(counted.filter(eq(author, "books__pages", num(1)))) ==
          R"("author" INNER JOIN "book" ON ("author"."id" = "book"."author_id") )"
          R"(WHERE "book"."pages" = $1 GROUP BY "author"."id" | 1)");
}

TEST_CASE("an aggregate of what was filtered before is of the rows that the filter found") {
    CHECK(from_author(query(author)
                          .filter(eq(author, "books__pages", num(1)))
                          .annotate("n", books())
                          .annotate("m", agg("COUNT", of(author, "edited")))) ==
          R"("author" INNER JOIN "book" ON ("author"."id" = "book"."author_id") )"
          R"(WHERE "book"."pages" = $1 GROUP BY "author"."id" | 1)");
}

TEST_CASE("groups without a key cannot be found again: there such aggregates are refused") {
    const query by_their_names = query(author).select({{{}, of(author, "name")}}).annotate("n", books());
    CHECK_NOTHROW(render_select(by_their_names));
    CHECK_THROWS_WITH_AS(
        render_select(by_their_names.annotate("m", agg("COUNT", of(author, "edited")))),
        doctest::Contains("Author: COUNT would count its rows once for each row of \"Book\""),
        orm::query_error);
    const std::vector<expression_ptr> two{books(), agg("COUNT", of(author, "edited"))};
    CHECK_THROWS_AS(render_aggregate(query(author), two), orm::query_error);
}

TEST_CASE("a window over groups is computed from them and is no part of them") {
    const expression_ptr all = aggregate({.function = "COUNT", .result = int8});
    const query ranked =
        query(book)
            .select({{"", of(book, "author")}})
            .annotate("n", all)
            .annotate("r", window({.function = call({"RANK()"}, {}, int8), .order = {{all, true}}}));
    CHECK(shown(render_select(ranked)) ==
          R"(SELECT "book"."author_id", COUNT(*) AS "n", RANK() OVER (ORDER BY COUNT(*) DESC) AS "r" )"
          R"(FROM "book" GROUP BY "book"."author_id")");
}

TEST_CASE("an ordering by an aggregate that is not annotated says what to write") {
    CHECK_THROWS_WITH_AS(
        render_select(query(author).order_by({{books(), true}})),
        "Author: order_by() takes no aggregate of its own: annotate() it and order by its name",
        orm::query_error);
    CHECK(from(counted.order_by({{books(), true}})) ==
          joined + R"( GROUP BY "author"."id" ORDER BY COUNT("book"."id") DESC)");
}

TEST_CASE("a condition groups as one value, in HAVING what it compares does") {
    const expression_ptr rich = compare(lookup_kind::gt, of(book, "pages"), num(100));
    const expression_ptr all = aggregate({.function = "COUNT", .result = int8});
    CHECK(from(query(book)
                   .annotate("r", rich)
                   .select({{"r", named("r", {type_kind::boolean})}})
                   .annotate("n", all)) == R"("book" GROUP BY ("book"."pages" > $1) | 100)");
}
