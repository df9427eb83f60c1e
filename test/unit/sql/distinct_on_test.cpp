// DISTINCT ON: which rows stay, and in which order they come.
#include "tables.hpp"

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

const query titles = query(book).select({{"", of(book, "title")}});

std::string of_query(const query& rows) { return shown(render_select(rows)); }

}  // namespace

TEST_CASE("an ordering that begins with what is distinct is PostgreSQL's own") {
    CHECK(of_query(titles.distinct_on({of(book, "author")})) ==
          R"(SELECT DISTINCT ON ("book"."author_id") "book"."title" FROM "book")");
    CHECK(of_query(titles.distinct_on({of(book, "author")})
                       .order_by({{.by = of(book, "author"), .by_column = true},
                                  {.by = of(book, "rating"), .descending = true}})) ==
          R"(SELECT DISTINCT ON ("book"."author_id") "book"."title" FROM "book" )"
          R"(ORDER BY "book"."author_id" ASC, "book"."rating" DESC)");
    CHECK(of_query(
              titles.distinct_on({of(book, "pages"), of(book, "rating")})
                  .order_by({{.by = of(book, "rating")}, {.by = of(book, "pages")}, {.by = of(book, "id")}})
                  .slice(0, 2)) ==
          R"(SELECT DISTINCT ON ("book"."pages", "book"."rating") "book"."title" FROM "book" )"
          R"(ORDER BY "book"."rating" ASC, "book"."pages" ASC, "book"."id" ASC LIMIT $1 | 2)");
}

TEST_CASE("any other ordering chooses the rows, and orders them again afterwards") {
    CHECK(of_query(titles.distinct_on({of(book, "author")})
                       .order_by({{.by = of(book, "rating"), .descending = true}})
                       .slice(0, 3)) ==
          R"(SELECT "distinct"."c1" FROM (SELECT DISTINCT ON ("book"."author_id") "book"."title", )"
          R"("book"."rating" )"
          R"(FROM "book" ORDER BY "book"."author_id" ASC, "book"."rating" DESC) "distinct" ("c1", "c2") )"
          R"(ORDER BY "distinct"."c2" DESC LIMIT $1 | 3)");
    const query authors = query(author).select({{"", of(author, "id")}});
    CHECK(of_query(authors.distinct_on({of(author, "age")}))
              .find(R"(ORDER BY "author"."age" ASC, "author"."name" ASC) "distinct")") != std::string::npos);
}

TEST_CASE("values may be distinct too") {
    const expression_ptr initial = call({"LEFT({0}, {1})"}, {of(book, "title"), num(1)}, text);
    CHECK(of_query(titles.distinct_on({initial}).order_by({{.by = initial}, {.by = of(book, "id")}})) ==
          R"(SELECT DISTINCT ON (LEFT("book"."title", $1)) "book"."title" FROM "book" )"
          R"(ORDER BY LEFT("book"."title", $1) ASC, "book"."id" ASC | 1)");
    CHECK(of_query(titles.annotate("initial", initial, false)
                       .distinct_on({named("initial", text)})
                       .order_by({{.by = named("initial", text)}})) ==
          R"(SELECT DISTINCT ON (LEFT("book"."title", $1)) "book"."title" FROM "book" )"
          R"(ORDER BY LEFT("book"."title", $1) ASC | 1)");
}

TEST_CASE("rows that are distinct on a value are counted, found and sliced as such") {
    const query firsts = titles.distinct_on({of(book, "author")});
    CHECK(shown(render_count(firsts)) ==
          R"(SELECT COUNT(*) FROM (SELECT DISTINCT ON ("book"."author_id") "book"."id" FROM "book") )"
          R"("subquery")");
    CHECK(
        shown(render_count(firsts.order_by({{.by = of(book, "rating")}}).slice(1, 5))) ==
        R"(SELECT COUNT(*) FROM (SELECT "distinct"."c1" FROM (SELECT DISTINCT ON ("book"."author_id") )"
        R"("book"."id", "book"."rating" FROM "book" ORDER BY "book"."author_id" ASC, "book"."rating" )"
        R"(ASC) "distinct" ("c1", "c2") ORDER BY "distinct"."c2" ASC LIMIT $1 OFFSET $2) "subquery" | 5, 1)");
    CHECK(shown(render_exists(firsts)) == R"(SELECT 1 FROM "book" LIMIT 1)");
    CHECK(shown(render_exists(firsts.slice(2, 5))) ==
          R"(SELECT DISTINCT ON ("book"."author_id") 1 FROM "book" LIMIT 1 OFFSET $1 | 2)");
}

TEST_CASE("the last distinct() counts") {
    CHECK(of_query(titles.distinct_on({of(book, "author")}).distinct()) ==
          R"(SELECT DISTINCT "book"."title" FROM "book")");
    CHECK(of_query(titles.distinct().distinct_on({of(book, "author")})) ==
          R"(SELECT DISTINCT ON ("book"."author_id") "book"."title" FROM "book")");
}

TEST_CASE("distinct on nothing is distinct") {
    CHECK(of_query(titles.distinct_on({})) == of_query(titles.distinct()));
}

TEST_CASE("a distinct query inside another gives the selected columns only") {
    const query rows = titles.distinct().order_by({{.by = of(book, "pages")}}).slice(0, 2);
    const std::string inside =
        R"(SELECT "distinct"."c1" FROM (SELECT DISTINCT "book"."title", "book"."pages" FROM "book") )"
        R"("distinct" ("c1", "c2") ORDER BY "distinct"."c2" ASC LIMIT $1)";
    CHECK(of_query(rows.combine(combinator::union_all, {titles})) ==
          "(" + inside + R"() UNION ALL SELECT "book"."title" FROM "book" | 2)");
    CHECK(of_query(titles.distinct()
                       .order_by({{.by = of(book, "pages")}})
                       .combine(combinator::union_all, {titles})) ==
          R"(SELECT DISTINCT "book"."title" FROM "book" UNION ALL SELECT "book"."title" FROM "book")");
    CHECK(where(query(author).filter(compare(lookup_kind::in, of(author, "name"),
                                             subquery(subquery_kind::scalar, rows, {}, text))))
              .find(R"(IN (SELECT "U0"."c1" FROM (SELECT DISTINCT "U0"."title", "U0"."pages" FROM)") !=
          std::string::npos);
}

TEST_CASE("dates are a truncated column, distinct, ordered and never NULL") {
    const expression_ptr month = call({"DATE_TRUNC('month', {0})::date"}, {of(book, "published")}, date);
    CHECK(of_query(query(book)
                       .filter(is_null(of(book, "published"), false))
                       .select({{"", month}})
                       .distinct()
                       .order_by({{.by = month, .descending = true}})) ==
          R"(SELECT DISTINCT DATE_TRUNC('month', "book"."published")::date FROM "book" )"
          R"(WHERE "book"."published" IS NOT NULL ORDER BY DATE_TRUNC('month', "book"."published")::date )"
          R"(DESC)");
    const expression_ptr zone = str("Europe/Oslo");
    const expression_ptr hour =
        call({"DATE_TRUNC('hour', {0}, {1})"}, {of(book, "added"), zone}, timestamptz);
    CHECK(of_query(query(book)
                       .annotate("hour", hour, false)
                       .select({{"hour", named("hour", timestamptz)}})
                       .distinct()
                       .order_by({{.by = named("hour", timestamptz)}})) ==
          R"(SELECT DISTINCT DATE_TRUNC('hour', "book"."added", $1) AS "hour" FROM "book" )"
          R"(ORDER BY DATE_TRUNC('hour', "book"."added", $1) ASC | Europe/Oslo)");
}
