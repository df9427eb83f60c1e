// The text of every kind of statement and of every lookup, with its parameters in order.
#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

const query books{book};

std::string looked_up(lookup_kind how, expression_ptr left, expression_ptr right) {
    return where(query(book).filter(compare(how, std::move(left), std::move(right))));
}

std::string titled(lookup_kind how, std::string value) {
    return looked_up(how, of(book, "title"), str(std::move(value)));
}

query by_author(std::string name) { return books.filter(eq(book, "author__name", str(std::move(name)))); }

}  // namespace

TEST_CASE("identifiers are quoted, quotes in them doubled, and impossible ones refused") {
    CHECK(quote_identifier("book") == R"("book")");
    CHECK(quote_identifier("a\"b; DROP") == R"("a""b; DROP")");
    CHECK_THROWS_WITH_AS(quote_identifier(""), doctest::Contains("empty"), orm::query_error);
    CHECK_THROWS_WITH_AS(quote_identifier(std::string_view("a\0b", 3)), doctest::Contains("NUL byte"),
                         orm::query_error);
}

TEST_CASE("a select lists the model's columns in table order, or the selected ones") {
    CHECK(shown(render_select(query(country))) ==
          R"(SELECT "country"."id", "country"."name" FROM "country")");
    CHECK(
        shown(render_select(query(country).select({{"", of(country, "name")}, {"", num(7)}}).slice(0, 3))) ==
        R"(SELECT "country"."name", $1 FROM "country" LIMIT $2 | 7, 3)");
}

TEST_CASE("comparisons are PostgreSQL's operators") {
    const auto pages = [](lookup_kind how) { return looked_up(how, of(book, "pages"), num(3)); };
    CHECK(pages(lookup_kind::exact) == R"("book"."pages" = $1 | 3)");
    CHECK(pages(lookup_kind::gt) == R"("book"."pages" > $1 | 3)");
    CHECK(pages(lookup_kind::gte) == R"("book"."pages" >= $1 | 3)");
    CHECK(pages(lookup_kind::lt) == R"("book"."pages" < $1 | 3)");
    CHECK(pages(lookup_kind::lte) == R"("book"."pages" <= $1 | 3)");
    CHECK(looked_up(lookup_kind::in, of(book, "pages"), val({type_kind::int4, true}, "{1,2}")) ==
          R"("book"."pages" = ANY($1) | {1,2})");
    CHECK(where(books.filter(between(of(book, "pages"), num(1), num(2)))) ==
          R"("book"."pages" BETWEEN $1 AND $2 | 1, 2)");
    CHECK(where(books.filter(is_null(of(book, "rating"), false))) == R"("book"."rating" IS NOT NULL)");
}

TEST_CASE("text lookups take the finished pattern, the ones without case fold both sides") {
    CHECK(titled(lookup_kind::iexact, "a") == R"(UPPER("book"."title") = UPPER($1) | a)");
    CHECK(titled(lookup_kind::contains, "%a%") == R"("book"."title" LIKE $1 | %a%)");
    CHECK(titled(lookup_kind::startswith, "a%") == R"("book"."title" LIKE $1 | a%)");
    CHECK(titled(lookup_kind::endswith, "%a") == R"("book"."title" LIKE $1 | %a)");
    CHECK(titled(lookup_kind::icontains, "%a%") == R"(UPPER("book"."title") LIKE UPPER($1) | %a%)");
    CHECK(titled(lookup_kind::istartswith, "a%") == R"(UPPER("book"."title") LIKE UPPER($1) | a%)");
    CHECK(titled(lookup_kind::iendswith, "%a") == R"(UPPER("book"."title") LIKE UPPER($1) | %a)");
    CHECK(titled(lookup_kind::regex, "^a") == R"("book"."title" ~ $1 | ^a)");
    CHECK(titled(lookup_kind::iregex, "^a") == R"("book"."title" ~* $1 | ^a)");
}

TEST_CASE("text lookups on other types compare their text") {
    CHECK(looked_up(lookup_kind::startswith, of(book, "pages"), str("1%")) ==
          R"("book"."pages"::text LIKE $1 | 1%)");
    CHECK(looked_up(lookup_kind::iexact, of(book, "pages"), num(1)) ==
          R"(UPPER("book"."pages"::text) = UPPER($1::text) | 1)");
    CHECK(looked_up(lookup_kind::contains, call({"EXTRACT(YEAR FROM {0})::int"}, of(book, "published"), int4),
                    str("%9%")) == R"(EXTRACT(YEAR FROM "book"."published")::int::text LIKE $1 | %9%)");
}

TEST_CASE("a column as pattern is escaped in SQL") {
    const std::string escaped =
        R"(REPLACE(REPLACE(REPLACE("author"."name", E'\\', E'\\\\'), '%', E'\\%'), '_', E'\\_'))";
    CHECK(looked_up(lookup_kind::contains, of(book, "title"), of(book, "author__name")) ==
          R"("book"."title" LIKE '%' || )" + escaped + R"( || '%')");
    CHECK(looked_up(lookup_kind::istartswith, of(book, "title"), of(book, "author__name")) ==
          R"(UPPER("book"."title") LIKE UPPER()" + escaped + R"( || '%'))");
    CHECK(looked_up(lookup_kind::endswith, of(book, "title"), of(book, "author__name")) ==
          R"("book"."title" LIKE '%' || )" + escaped);
    CHECK(looked_up(lookup_kind::regex, of(book, "title"), of(book, "author__name")) ==
          R"("book"."title" ~ "author"."name")");
}

TEST_CASE("parameters are numbered in the order in which they stand") {
    const query rows = by_author("a")
                           .filter(any_of({eq(book, "pages", num(1)), eq(book, "title", str("b"))}))
                           .exclude(eq(book, "rating", num(2)))
                           .order_by({{of(book, "title")}})
                           .slice(20, 10);
    CHECK(
        from(rows) ==
        R"("book" INNER JOIN "author" ON ("book"."author_id" = "author"."id") WHERE "author"."name" = $1 AND )"
        R"(("book"."pages" = $2 OR "book"."title" = $3) AND )"
        R"(NOT ("book"."rating" = $4 AND "book"."rating" IS NOT NULL) )"
        R"(ORDER BY "book"."title" ASC LIMIT $5 OFFSET $6 | a, 1, b, 2, 10, 20)");
}

TEST_CASE("count counts rows, in a subquery when they are sliced or distinct") {
    CHECK(shown(render_count(query(author))) == R"(SELECT COUNT(*) FROM "author")");
    CHECK(shown(render_count(by_author("a"))) ==
          R"(SELECT COUNT(*) FROM "book" INNER JOIN "author" ON ("book"."author_id" = "author"."id") )"
          R"(WHERE "author"."name" = $1 | a)");
    CHECK(shown(render_count(query(author).slice(2, 5))) ==
          R"(SELECT COUNT(*) FROM (SELECT "author"."id" FROM "author" )"
          R"(ORDER BY "author"."name" ASC LIMIT $1 OFFSET $2) "subquery" | 5, 2)");
    CHECK(shown(render_count(query(author).select({{"", of(author, "age")}}).distinct())) ==
          R"(SELECT COUNT(*) FROM (SELECT DISTINCT "author"."age" FROM "author") "subquery")");
    CHECK(shown(render_count(query(author).select({{"", of(author, "age")}}).distinct().slice(0, 5))) ==
          R"(SELECT COUNT(*) FROM (SELECT DISTINCT "author"."age", "author"."name" FROM "author" )"
          R"(ORDER BY "author"."name" ASC LIMIT $1) "subquery" | 5)");
    CHECK(shown(render_count(query(author).none())) == "no query");
}

TEST_CASE("exists asks for one row without order") {
    CHECK(shown(render_exists(query(author))) == R"(SELECT 1 FROM "author" LIMIT 1)");
    CHECK(shown(render_exists(query(author).distinct())) == R"(SELECT 1 FROM "author" LIMIT 1)");
    CHECK(shown(render_exists(query(author).slice(5, 10))) ==
          R"(SELECT 1 FROM "author" LIMIT 1 OFFSET $1 | 5)");
    CHECK(shown(render_exists(query(author).select({{"", of(author, "age")}}).distinct().slice(5, {}))) ==
          R"(SELECT DISTINCT "author"."age" FROM "author" LIMIT 1 OFFSET $1 | 5)");
    CHECK(shown(render_exists(query(author).slice(3, 0))) == "no query");
}

TEST_CASE("aggregates stand side by side and drop the ordering") {
    const expression_ptr terms[] = {agg("COUNT"),
                                    agg("SUM", of(author, "age")),
                                    agg("AVG", of(author, "age")),
                                    agg("MIN", of(author, "name")),
                                    agg("MAX", of(author, "country__name")),
                                    agg("COUNT", of(author, "age"), true)};
    CHECK(
        shown(render_aggregate(query(author), terms)) ==
        R"(SELECT COUNT(*), SUM("author"."age"), AVG("author"."age"), MIN("author"."name"), MAX("country"."name"), )"
        R"(COUNT(DISTINCT "author"."age") FROM "author" )"
        R"(LEFT OUTER JOIN "country" ON ("author"."country_id" = "country"."id"))");
}

TEST_CASE("aggregates over a slice or distinct rows take them from a subquery") {
    const expression_ptr terms[] = {agg("SUM", of(author, "age")), agg("COUNT")};
    CHECK(shown(render_aggregate(query(author).slice(0, 5), terms)) ==
          R"(SELECT SUM("a2"), COUNT(*) FROM (SELECT "author"."id", "author"."age" AS "a2" FROM "author" )"
          R"(ORDER BY "author"."name" ASC LIMIT $1) "subquery" | 5)");
    CHECK(shown(render_aggregate(query(author).select({{"", of(author, "name")}}).distinct(), terms)) ==
          R"(SELECT SUM("a2"), COUNT(*) FROM (SELECT DISTINCT "author"."name", "author"."age" AS "a2" )"
          R"(FROM "author") "subquery")");
}

TEST_CASE("aggregate() of nothing is refused") {
    CHECK_THROWS_WITH_AS(render_aggregate(books, {}), doctest::Contains("Book: aggregate()"),
                         orm::query_error);
}

TEST_CASE("update sets columns to values and to columns of the same row, and ignores the ordering") {
    const assignment terms[] = {{&column_of(author, "name"), str("n")},
                                {&column_of(author, "age"), of(author, "id")}};
    CHECK(shown(render_update(query(author).filter(eq(author, "age", num(3))), terms)) ==
          R"(UPDATE "author" SET "name" = $1, "age" = "author"."id" WHERE "author"."age" = $2 | n, 3)");
    const assignment key{&column_of(book, "editor"), of(book, "author__id")};
    CHECK(shown(render_update(books, {&key, 1})) == R"(UPDATE "book" SET "editor_id" = "book"."author_id")");
}

TEST_CASE("update and delete through a relation choose their rows by a subquery of keys") {
    const std::string keys =
        R"("book"."id" IN (SELECT "book"."id" FROM "book" )"
        R"(INNER JOIN "author" ON ("book"."author_id" = "author"."id") WHERE "author"."name" = $)";
    const assignment term{&column_of(book, "pages"), num(1)};
    CHECK(shown(render_update(by_author("a"), {&term, 1})) ==
          R"(UPDATE "book" SET "pages" = $1 WHERE )" + keys + "2) | 1, a");
    CHECK(shown(render_delete(by_author("a"))) == R"(DELETE FROM "book" WHERE )" + keys + "1) | a");
    CHECK(shown(render_delete(books.filter(eq(book, "author", num(5))))) ==
          R"(DELETE FROM "book" WHERE "book"."author_id" = $1 | 5)");
    CHECK(shown(render_delete(query(author))) == R"(DELETE FROM "author")");
}

TEST_CASE("update and delete refuse slices, joined values and empty lists") {
    const assignment term{&column_of(book, "pages"), num(1)};
    const assignment joined{&column_of(book, "title"), of(book, "author__name")};
    CHECK_THROWS_WITH_AS(render_update(books.slice(0, 5), {&term, 1}),
                         doctest::Contains("Book: cannot update a query once a slice"), orm::query_error);
    CHECK_THROWS_WITH_AS(render_delete(books.slice(0, 5)),
                         doctest::Contains("Book: cannot delete a query once a slice"), orm::query_error);
    CHECK_THROWS_WITH_AS(render_update(books, {&joined, 1}),
                         doctest::Contains("cannot set title to a column of a related model"),
                         orm::query_error);
    CHECK_THROWS_WITH_AS(render_update(books, {}), doctest::Contains("at least one assignment"),
                         orm::query_error);
}

TEST_CASE("insert numbers its values row by row") {
    const column* const columns[] = {&column_of(book, "title"), &column_of(book, "author")};
    const column* const key[] = {&column_of(book, "id")};
    CHECK(render_insert(book, columns, 1, {}) ==
          R"(INSERT INTO "book" ("title", "author_id") VALUES ($1, $2))");
    CHECK(render_insert(book, columns, 2, key) ==
          R"(INSERT INTO "book" ("title", "author_id") VALUES ($1, $2), ($3, $4) RETURNING "id")");
}

TEST_CASE("an insert without columns inserts the defaults, as many rows as asked for") {
    const column* const key[] = {&column_of(book, "id")};
    CHECK(render_insert(book, {}, 1, key) == R"(INSERT INTO "book" DEFAULT VALUES RETURNING "id")");
    CHECK(render_insert(book, {}, 3, {}) ==
          R"(INSERT INTO "book" ("id") VALUES (DEFAULT), (DEFAULT), (DEFAULT))");
}

TEST_CASE("statements beyond 65535 parameters are refused before they are sent") {
    const column* const columns[] = {&column_of(book, "title"), &column_of(book, "author")};
    CHECK_NOTHROW(render_insert(book, columns, 32767, {}));
    CHECK_THROWS_WITH_AS(render_insert(book, columns, 32768, {}), doctest::Contains("insert in batches"),
                         orm::query_error);
    CHECK_THROWS_AS(render_insert(book, columns, 0, {}), orm::query_error);
    std::vector<expression_ptr> many;
    for (int i = 0; i < 65536; ++i) many.push_back(eq(book, "pages", num(1)));
    CHECK_THROWS_WITH_AS(render_select(books.filter(any_of(many))),
                         doctest::Contains("more than 65535 parameters"), orm::query_error);
}
