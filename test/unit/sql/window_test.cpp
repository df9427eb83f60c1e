// Windows, and what filters on them: PostgreSQL has no QUALIFY, so the rows are looked at from around.
#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

expression_ptr rank_of() {
    return window({.function = call({"RANK()"}, {}, int8),
                   .partition = {of(book, "author")},
                   .order = {{.by = of(book, "pages"), .descending = true}}});
}

const query ranked = query(book).select({{"", of(book, "title")}}).annotate("rank", rank_of());
const expression_ptr best = compare(lookup_kind::lte, named("rank", int8), num(2));

std::string of_query(const query& rows) { return shown(render_select(rows)); }

const std::string over = R"(RANK() OVER (PARTITION BY "book"."author_id" ORDER BY "book"."pages" DESC))";

std::string framed(window_frame frame) {
    const expression_ptr sum =
        window({.function = aggregate({.function = "SUM", .arguments = {of(book, "pages")}, .result = int8}),
                .order = {{.by = of(book, "pages")}},
                .frame = frame});
    const std::string text = of_query(query(book).select({{"", sum}}));
    const auto at = text.find("ASC") + 3;
    return text.substr(at, text.find(')', at) - at);
}

}  // namespace

TEST_CASE("a window has a partition, an ordering and a frame") {
    CHECK(of_query(ranked) == R"(SELECT "book"."title", )" + over + R"( AS "rank" FROM "book")");
    CHECK(of_query(query(book).select({{"", window({.function = call({"ROW_NUMBER()"}, {}, int8)})}})) ==
          R"(SELECT ROW_NUMBER() OVER () FROM "book")");
    CHECK(framed({.mode = frame_mode::rows}) == " ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW");
    CHECK(framed({.mode = frame_mode::rows, .start = {false, -2}, .end = {false, 1}}) ==
          " ROWS BETWEEN 2 PRECEDING AND 1 FOLLOWING");
    CHECK(framed({.mode = frame_mode::range, .start = {false, 0}, .end = {true, 0}}) ==
          " RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING");
    CHECK(framed({.mode = frame_mode::groups, .exclusion = frame_exclusion::current_row}) ==
          " GROUPS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW EXCLUDE CURRENT ROW");
    CHECK(framed({.mode = frame_mode::rows, .exclusion = frame_exclusion::group}).find(" EXCLUDE GROUP") !=
          std::string::npos);
    CHECK(framed({.mode = frame_mode::rows, .exclusion = frame_exclusion::ties}).find(" EXCLUDE TIES") !=
          std::string::npos);
    CHECK(framed({}) == "");
}

TEST_CASE("every window function is a call or an aggregate over the window") {
    const auto over_pages = [](const function& by, operand_list arguments) {
        return of_query(query(book).select({{"", window({.function = call(by, std::move(arguments), int8),
                                                         .order = {{.by = of(book, "id")}}})}}));
    };
    const auto line = [](const std::string& function) {
        return "SELECT " + function + R"( OVER (ORDER BY "book"."id" ASC) FROM "book")";
    };
    CHECK(over_pages({"DENSE_RANK()"}, {}) == line("DENSE_RANK()"));
    CHECK(over_pages({"PERCENT_RANK()"}, {}) == line("PERCENT_RANK()"));
    CHECK(over_pages({"CUME_DIST()"}, {}) == line("CUME_DIST()"));
    CHECK(over_pages({"NTILE({0})"}, {num(4)}) == line("NTILE($1)") + " | 4");
    CHECK(over_pages({"LAG({*})"}, {of(book, "pages"), num(1), num(0)}) ==
          line(R"(LAG("book"."pages", $1, $2))") + " | 1, 0");
    CHECK(over_pages({"LEAD({*})"}, {of(book, "pages")}) == line(R"(LEAD("book"."pages"))"));
    CHECK(over_pages({"FIRST_VALUE({0})"}, {of(book, "pages")}) == line(R"(FIRST_VALUE("book"."pages"))"));
    CHECK(over_pages({"LAST_VALUE({0})"}, {of(book, "pages")}) == line(R"(LAST_VALUE("book"."pages"))"));
    CHECK(over_pages({"NTH_VALUE({*})"}, {of(book, "pages"), num(2)}) ==
          line(R"(NTH_VALUE("book"."pages", $1))") + " | 2");
}

TEST_CASE("a filter on a window is decided around the rows, ordering and slice after it") {
    CHECK(of_query(ranked.filter(best).order_by({{.by = of(book, "id"), .descending = true}}).slice(0, 5)) ==
          R"(SELECT "qualify"."c1", "qualify"."c2" AS "rank" FROM (SELECT "book"."title", )" + over +
              R"(, "book"."id" FROM "book") "qualify" ("c1", "c2", "c3") WHERE "qualify"."c2" <= $1 )"
              R"(ORDER BY "qualify"."c3" DESC LIMIT $2 | 2, 5)");
}

TEST_CASE("conditions without a window stay with the rows") {
    const expression_ptr thick = compare(lookup_kind::gt, of(book, "pages"), num(9));
    const std::string inside = R"( FROM "book" WHERE "book"."pages" > $1) "qualify")";
    for (const query& rows : {ranked.filter(all_of({thick, best})), ranked.filter(thick).filter(best),
                              ranked.filter(best).filter(thick)}) {
        const std::string made = of_query(rows);
        CHECK(made.find(inside) != std::string::npos);
        CHECK(made.find(R"( ("c1", "c2") WHERE "qualify"."c2" <= $2 | 9, 2)") != std::string::npos);
    }
}

TEST_CASE("conditions that are mixed with one move out as columns") {
    const expression_ptr rated = compare(lookup_kind::gt, of(book, "rating"), num(3));
    CHECK(of_query(ranked.filter(any_of({rated, best}))) ==
          R"(SELECT "qualify"."c1", "qualify"."c2" AS "rank" FROM (SELECT "book"."title", )" + over +
              R"(, ("book"."rating" > $1) FROM "book") "qualify" ("c1", "c2", "c3") )"
              R"(WHERE ("qualify"."c3" OR "qualify"."c2" <= $2) | 3, 2)");
    CHECK(of_query(ranked.exclude(all_of({rated, best})))
              .find(R"(WHERE NOT (("qualify"."c3") IS TRUE AND "qualify"."c2" <= $2 AND "qualify"."c2" IS )"
                    R"(NOT NULL))") != std::string::npos);
    CHECK(of_query(ranked.filter(any_of({negate(rated), best})))
              .find(R"(, (NOT ("book"."rating" > $1 AND "book"."rating" IS NOT NULL)) FROM "book")") !=
          std::string::npos);
    CHECK(of_query(ranked.filter(compare(lookup_kind::lt, named("rank", int8), of(book, "pages"))))
              .find(R"( WHERE "qualify"."c2" < "qualify"."c3")") != std::string::npos);
}

TEST_CASE("a condition that is decided after the windows loses no rows before them") {
    const expression_ptr edited = is_null(of(book, "editor__name"), false);
    const std::string outer_join =
        R"( LEFT OUTER JOIN "author" "T3" ON ("book"."editor_id" = "T3"."id")) "qualify")";
    CHECK(of_query(ranked.exclude(any_of({negate(edited), best}))).find(outer_join) != std::string::npos);
    CHECK(of_query(ranked.filter(edited).filter(best)).find(" INNER JOIN ") != std::string::npos);
}

TEST_CASE("rows behind a filter on a window are counted, aggregated, changed and found") {
    const std::string rows = R"(FROM (SELECT "book"."id", )" + over +
                             R"( FROM "book") "qualify" ("c1", "c2") WHERE "qualify"."c2" <= $)";
    CHECK(shown(render_count(ranked.filter(best))) ==
          R"(SELECT COUNT(*) FROM (SELECT "qualify"."c1" )" + rows + R"(1) "subquery" | 2)");
    CHECK(shown(render_exists(ranked.filter(best))).find(R"(WHERE "qualify"."c2" <= $1 LIMIT 1)") !=
          std::string::npos);
    CHECK(shown(render_delete(ranked.filter(best))) ==
          R"(DELETE FROM "book" WHERE "book"."id" IN (SELECT "qualify"."c1" )" + rows + "1) | 2");
    const assignment one[] = {{&column_of(book, "pages"), num(1)}};
    CHECK(shown(render_update(ranked.filter(best), one)) ==
          R"(UPDATE "book" SET "pages" = $1 WHERE "book"."id" IN (SELECT "qualify"."c1" )" + rows +
              "2) | 1, 2");
    const expression_ptr pages[] = {
        aggregate({.function = "SUM", .arguments = {of(book, "pages")}, .result = int8})};
    CHECK(shown(render_aggregate(ranked.filter(best), pages))
              .find(R"(SELECT SUM("a2") FROM (SELECT "qualify"."c1", "qualify"."c2" AS "a2" FROM (SELECT )"
                    R"("book"."id", "book"."pages", RANK())") == 0);
    CHECK(where(query(review).filter(
              compare(lookup_kind::in, of(review, "book"),
                      subquery(subquery_kind::scalar,
                               query(book).annotate("rank", rank_of(), false).filter(best), {}, int8)))) ==
          R"("review"."book_id" IN (SELECT "U0"."c1" FROM (SELECT "U0"."id", RANK() OVER (PARTITION BY )"
          R"("U0"."author_id" )"
          R"(ORDER BY "U0"."pages" DESC) FROM "book" "U0") "U0" ("c1", "c2") WHERE "U0"."c2" <= $1) | 2)");
    CHECK(of_query(ranked.filter(best).distinct()).find(R"(SELECT DISTINCT "qualify"."c1")") == 0);
}

TEST_CASE("a subquery that refers to the query cannot be compared with a window") {
    const query same = query(review)
                           .filter(compare(lookup_kind::exact, of(review, "book"), outer("id", 1, int8)))
                           .select({{"", of(review, "score")}});
    const expression_ptr scores = subquery(subquery_kind::scalar, same, {{"id", 1, of(book, "id")}}, int4);
    CHECK_THROWS_WITH_AS(of_query(ranked.filter(compare(lookup_kind::in, named("rank", int8), scores))),
                         doctest::Contains("annotate the QuerySet's value first"), orm::query_error);
    CHECK(of_query(ranked.filter(compare(
                       lookup_kind::lt, named("rank", int8),
                       subquery(subquery_kind::scalar, same.slice(0, 1), {{"id", 1, of(book, "id")}}, int4))))
              .find(R"( WHERE "qualify"."c2" < "qualify"."c3")") != std::string::npos);
}

TEST_CASE("a subquery does not look at a window of the query around it") {
    const query above =
        query(review).filter(compare(lookup_kind::gt, of(review, "score"), outer("rank", 1, int8)));
    const expression_ptr any =
        subquery(subquery_kind::exists, above, {{"rank", 1, named("rank", int8)}}, {type_kind::boolean});
    CHECK_THROWS_WITH_AS(of_query(ranked.filter(any)),
                         doctest::Contains("OuterRef(\"rank\") is a window, which a subquery cannot look at"),
                         orm::query_error);
}
