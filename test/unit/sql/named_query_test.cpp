// Queries under a name (WITH), recursive ones, and trees.
#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

constexpr column recent_columns[] = {
    {.field = "id", .name = "id", .type = int8, .index = 0},
    {.field = "length", .name = "length", .type = int4, .nullable = true, .index = 1},
};
constexpr table recent{.model = "recent", .name = "recent", .columns = recent_columns};
constexpr table hiding{.model = "hiding", .name = "book", .columns = recent_columns};
constexpr hop to_review[] = {{&recent_columns[0], &review_columns[2], &review, true, true}};

query thick() {
    return query(book)
        .filter(compare(lookup_kind::gt, of(book, "pages"), num(150)))
        .select({{"", of(book, "id")}, {"", of(book, "pages")}});
}

std::string of_query(const query& rows) { return shown(render_select(rows)); }

expression_ptr in(expression_ptr left, query rows) {
    return compare(lookup_kind::in, std::move(left),
                   subquery(subquery_kind::scalar, std::move(rows), {}, int8));
}

const std::string definition =
    R"(WITH "recent" ("id", "length") AS (SELECT "book"."id", "book"."pages" FROM "book" WHERE )"
    R"("book"."pages" > $1) )";

}  // namespace

TEST_CASE("a query under a name is read like a table, its values are bound first") {
    const query rows =
        query::from(recent, thick()).filter(compare(lookup_kind::lt, of(recent, "length"), num(900)));
    CHECK(of_query(rows) ==
          definition +
              R"(SELECT "recent"."id", "recent"."length" FROM "recent" WHERE "recent"."length" < $2 | )"
              R"(150, 900)");
    CHECK(shown(render_count(rows)) ==
          definition + R"(SELECT COUNT(*) FROM "recent" WHERE "recent"."length" < $2 | 150, 900)");
    CHECK(shown(render_exists(rows)) ==
          definition + R"(SELECT 1 FROM "recent" WHERE "recent"."length" < $2 LIMIT 1 | 150, 900)");
    const path scores{&recent, to_review, &review_columns[1]};
    CHECK(of_query(query::from(recent, thick()).select({{"", field(scores)}})) ==
          definition +
              R"(SELECT "review"."score" FROM "recent" LEFT OUTER JOIN "review" ON ("recent"."id" = )"
              R"("review"."book_id") | 150)");
}

TEST_CASE("it is written once, before the outermost query, wherever it is read") {
    const query named_rows = query::from(recent, thick());
    const query ids = named_rows.select({{"", of(recent, "id")}});
    const query rows =
        query(review)
            .order_by({})
            .select({{"", of(review, "id")}})
            .filter(any_of({in(of(review, "book"), ids), in(of(review, "id"), ids.slice(0, 1))}));
    const std::string read =
        R"("review"."book_id" IN (SELECT "U0"."id" FROM "recent" "U0") OR "review"."id" IN (SELECT )"
        R"("U0"."id" FROM "recent" "U0" LIMIT $)";
    CHECK(of_query(rows) ==
          definition + R"(SELECT "review"."id" FROM "review" WHERE ()" + read + "2)) | 150, 1");
    CHECK(shown(render_delete(rows)) ==
          definition + R"(DELETE FROM "review" WHERE ()" + read + "2)) | 150, 1");
    const assignment score[] = {{&column_of(review, "score"), num(7)}};
    CHECK(shown(render_update(rows, score)) ==
          definition + R"(UPDATE "review" SET "score" = $2 WHERE ()" + read + "3)) | 150, 7, 1");
    CHECK(of_query(ids.combine(combinator::union_all, {ids})) ==
          definition +
              R"(SELECT "recent"."id" FROM "recent" UNION ALL SELECT "recent"."id" FROM "recent" | 150)");
}

TEST_CASE("a named query is joined, or read by subqueries") {
    static constexpr hop to_recent[] = {{&review_columns[2], &recent_columns[0], &recent, false, true}};
    const path length{&review, to_recent, &recent_columns[1]};
    const query reviews = query(review).order_by({}).select({{"", of(review, "id")}});
    const query rows = reviews.with(recent, thick());
    const std::string join =
        R"(SELECT "review"."id", "recent"."length" AS "n" FROM "review" LEFT OUTER JOIN "recent" )"
        R"(ON ("review"."book_id" = "recent"."id"))";
    CHECK(of_query(rows.annotate("n", field(length))) == definition + join + " | 150");
    const expression_ptr is_recent = in(of(review, "book"), query(recent).select({{"", of(recent, "id")}}));
    CHECK(of_query(rows.filter(is_recent)) ==
          definition + R"(SELECT "review"."id" FROM "review" WHERE "review"."book_id" IN )"
                       R"((SELECT "U0"."id" FROM "recent" "U0") | 150)");
    CHECK(shown(render_delete(rows.filter(is_recent))) ==
          definition +
              R"(DELETE FROM "review" WHERE "review"."book_id" IN (SELECT "U0"."id" FROM "recent" "U0") | )"
              R"(150)");
    CHECK(of_query(reviews.with(recent, thick().none()).annotate("n", field(length))) ==
          R"(WITH "recent" ("id", "length") AS (SELECT NULL::bigint, NULL::integer WHERE FALSE) )" + join);
}

TEST_CASE("a name stands for one query, and hides no table") {
    const query one = query::from(recent, thick()).select({{"", of(recent, "id")}});
    const query other = query::from(recent, thick()).select({{"", of(recent, "id")}});
    CHECK_THROWS_WITH_AS(of_query(one.combine(combinator::union_all, {other})),
                         doctest::Contains("two queries are both named \"recent\""), orm::query_error);
    CHECK_THROWS_WITH_AS(of_query(query::from(hiding, thick())),
                         doctest::Contains("the query named \"book\" hides the table of Book"),
                         orm::query_error);
    CHECK_THROWS_WITH_AS(of_query(query::from(recent, query(book))),
                         doctest::Contains("\"recent\" has 2 columns, its rows have 9"), orm::query_error);
    CHECK_THROWS_WITH_AS(render_delete(one), doctest::Contains("cannot delete the rows of a query"),
                         orm::query_error);
    CHECK(of_query(query::from(recent, thick().none())) == "no query");
}

TEST_CASE("a union with something that reads its name is recursive") {
    static constexpr hop to_book[] = {{&recent_columns[0], &book_columns[8], &book, true, false}};
    const query first =
        query(book).filter(eq(book, "id", num(1))).select({{"", of(book, "id")}, {"", num(1)}});
    const query next = query(recent).select({{"", field({&recent, to_book, &book_columns[0]})},
                                             {"", call({"{0} + 1"}, {of(recent, "length")}, int4)}});
    CHECK(
        of_query(query::from(
            recent, first.combine(combinator::union_distinct,
                                  {next.filter(compare(lookup_kind::lt, of(recent, "length"), num(5)))}))) ==
        R"(WITH RECURSIVE "recent" ("id", "length") AS (SELECT "book"."id", $1 FROM "book" WHERE )"
        R"("book"."id" = $2 UNION )"
        R"(SELECT "book"."id", "recent"."length" + 1 FROM "recent" INNER JOIN "book" ON ("recent"."id" )"
        R"(= "book"."sequel_to_id") WHERE "recent"."length" < $3) )"
        R"(SELECT "recent"."id", "recent"."length" FROM "recent" | 1, 1, 5)");
}

TEST_CASE("columns of a definition are where its name has them, others are not read") {
    static constexpr std::uint16_t places[] = {1, unread_column, 0};
    const query three = query(book).order_by({}).select(
        {{"", of(book, "pages")}, {"", of(book, "title")}, {"", of(book, "id")}});
    CHECK(of_query(query::from(recent, three, {places})) ==
          R"(WITH "recent" ("length", "unread 2", "id") AS (SELECT "book"."pages", "book"."title", )"
          R"("book"."id" FROM "book") SELECT "recent"."id", "recent"."length" FROM "recent")");
    CHECK_THROWS_WITH_AS(of_query(query::from(recent, thick(), {places})),
                         doctest::Contains("its rows have 2"), orm::query_error);
    CHECK(query::from(recent, three, {places}).shape() != query::from(recent, three).shape());
}

TEST_CASE("a definition is kept or not, as is said") {
    const auto begins = [](materialization keep, std::string_view with) {
        return of_query(query::from(recent, thick(), {{}, keep})).starts_with(with);
    };
    CHECK(begins(materialization::automatic, R"(WITH "recent" ("id", "length") AS (SELECT)"));
    CHECK(begins(materialization::always, R"(WITH "recent" ("id", "length") AS MATERIALIZED (SELECT)"));
    CHECK(begins(materialization::never, R"(WITH "recent" ("id", "length") AS NOT MATERIALIZED (SELECT)"));
}

TEST_CASE("the first member of a recursion has texts, and without it there are no rows") {
    static constexpr column word_columns[] = {{.field = "word", .name = "word", .type = text, .index = 0}};
    static constexpr table words{.model = "words", .name = "words", .columns = word_columns};
    const query step = query(words).select({{"", of(words, "word")}});
    const query titles = query(book).order_by({}).select({{"", of(book, "title")}});
    const query authors = query(author).order_by({}).select({{"", of(author, "name")}});
    const auto recursion = [&step](const query& seeds) {
        return of_query(query::from(words, seeds.combine(combinator::union_distinct, {step})));
    };
    CHECK(recursion(titles).find(
              R"(AS (SELECT "book"."title"::text FROM "book" UNION SELECT "words"."word")") !=
          std::string::npos);
    CHECK(
        recursion(titles.combine(combinator::union_all, {authors}))
            .find(
                R"(AS ((SELECT "book"."title"::text FROM "book" UNION ALL SELECT "author"."name"::text FROM )"
                R"("author") UNION)") != std::string::npos);
    CHECK(recursion(titles.filter(nothing())) == "no query");
    CHECK(recursion(titles.none()) == "no query");
}

TEST_CASE("rows of a query are grouped by all of their columns, and found again by a key only") {
    const path scores{&recent, to_review, &review_columns[1]};
    const auto sum = [&scores] {
        return aggregate({.function = "SUM", .arguments = {field(scores)}, .result = int8});
    };
    CHECK(of_query(query::from(recent, thick()).annotate("n", sum()))
              .find(R"(GROUP BY "recent"."id", "recent"."length" | 150)") != std::string::npos);
    const auto scored = [&scores](bool yes) { return is_null(field(scores), yes); };
    CHECK_THROWS_WITH_AS(of_query(query::from(recent, thick()).exclude(scored(true))),
                         doctest::Contains("the rows of this query have none"), orm::query_error);
}

TEST_CASE("a tree is walked down to what refers to its rows, or up to what they refer to") {
    const query seeds = query(book).filter(eq(book, "title", str("x")));
    const auto walked = [&seeds](tree_direction direction) {
        return where(query(book).filter(
            compare(lookup_kind::in, of(book, "id"), tree(seeds, column_of(book, "sequel_to"), direction))));
    };
    CHECK(walked(tree_direction::down) ==
          R"("book"."id" IN (WITH RECURSIVE "book tree" ("key") AS (SELECT "U0"."id" FROM "book" "U0" )"
          R"(WHERE "U0"."title" = $1 UNION )"
          R"(SELECT "next"."id" FROM "book tree" INNER JOIN "book" "next" ON ("next"."sequel_to_id" = )"
          R"("book tree"."key")) SELECT "key" FROM "book tree") | x)");
    CHECK(walked(tree_direction::up) ==
          R"("book"."id" IN (WITH RECURSIVE "book tree" ("key") AS (SELECT "U0"."id" FROM "book" "U0" )"
          R"(WHERE "U0"."title" = $1 UNION )"
          R"(SELECT "next"."sequel_to_id" FROM "book tree" INNER JOIN "book" "next" ON ("next"."id" = )"
          R"("book tree"."key") )"
          R"(WHERE "next"."sequel_to_id" IS NOT NULL) SELECT "key" FROM "book tree") | x)");
    CHECK(where(query(book).filter(
              compare(lookup_kind::in, of(book, "id"),
                      tree(seeds.none(), column_of(book, "sequel_to"), tree_direction::up)))) == "FALSE");
}

TEST_CASE("the seeds of a tree are sliced, combined, selected, or refer to the query around it") {
    const query books(book);
    const auto text_of = [](query seeds, std::vector<outer_binding> bound = {}) {
        return where(query(book).filter(compare(
            lookup_kind::in, of(book, "id"),
            tree(std::move(seeds), column_of(book, "sequel_to"), tree_direction::down, std::move(bound)))));
    };
    CHECK(text_of(books.order_by({{.by = of(book, "pages")}}).slice(0, 1))
              .find(R"(AS ((SELECT "U0"."id" FROM "book" "U0" ORDER BY "U0"."pages" ASC LIMIT $1) UNION )"
                    R"(SELECT)") != std::string::npos);
    CHECK(text_of(books.combine(combinator::union_all, {books}))
              .find(R"(AS ((SELECT "U0"."id" FROM "book" "U0" UNION ALL SELECT "U0"."id" FROM "book" "U0") )"
                    R"(UNION SELECT)") != std::string::npos);
    CHECK(text_of(query(review).order_by({}).select({{"", of(review, "book")}}))
              .find(R"(AS (SELECT "U0"."book_id" FROM "review" "U0" UNION SELECT)") != std::string::npos);
    CHECK(text_of(query(review)
                      .order_by({})
                      .filter(compare(lookup_kind::exact, of(review, "score"), outer("pages", 1, int4)))
                      .select({{"", of(review, "book")}}),
                  {{"pages", 1, of(book, "pages")}})
              .find(R"(WHERE "U0"."score" = "book"."pages" UNION)") != std::string::npos);
}

TEST_CASE("another definition, direction or key is another shape") {
    CHECK(query::from(recent, thick()).shape() == query::from(recent, thick()).shape());
    CHECK(query::from(recent, thick()).shape() != query::from(recent, thick().distinct()).shape());
    CHECK(query::from(recent, thick()).shape() != query(recent).shape());
    CHECK(query(book).with(recent, thick()).shape() != query(book).shape());
    const auto shape = [](const char* key, tree_direction direction) {
        return tree(query(book), column_of(book, key), direction)->shape();
    };
    CHECK(shape("sequel_to", tree_direction::up) == shape("sequel_to", tree_direction::up));
    CHECK(shape("sequel_to", tree_direction::up) != shape("sequel_to", tree_direction::down));
}

TEST_CASE("the values of a definition and of seeds are the query's own, also when its text is known") {
    for (const int pages : {150, 160}) {
        const query rows = query(book)
                               .filter(compare(lookup_kind::gt, of(book, "pages"), num(pages)))
                               .select({{"", of(book, "id")}, {"", of(book, "pages")}});
        const expression_ptr walked =
            tree(rows.select({{"", of(book, "id")}}), column_of(book, "sequel_to"), tree_direction::up);
        const query asked[] = {query::from(recent, rows), query(book).with(recent, rows),
                               query(book).filter(compare(lookup_kind::in, of(book, "id"), walked))};
        for (const query& each : asked) {
            const statement made = render_select(each);
            REQUIRE(made.parameters.size() == 1);
            CHECK(shown(made.parameters[0]) == std::to_string(pages));
        }
    }
}
