// Relations under a name, joined on a condition.
#include "tables.hpp"

#include <asynchrormous/sql/error.hpp>

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

constexpr hop to_reviews[] = {{&book_columns[0], &review_columns[2], &review, true, true}};
constexpr hop to_author[] = {{&book_columns[6], &author_columns[0], &author, false, false}};
constexpr hop to_authors_books[] = {{&book_columns[6], &author_columns[0], &author, false, false},
                                    {&author_columns[0], &book_columns[6], &book, true, true}};

expression_ptr through(const char* name, const table& of, std::string_view names) {
    return field(path_to(of, names), name);
}
expression_ptr score() { return through("good", review, "score"); }

const query books = query(book).select({{"", of(book, "id")}});
const query good = books.relate("good", to_reviews, compare(lookup_kind::gt, score(), num(3)));

}  // namespace

TEST_CASE("a relation under a name keeps rows without one that meets its condition") {
    CHECK(from(good) == R"("book")");
    CHECK(from(good.annotate("score", score())) ==
          R"("book" LEFT OUTER JOIN "review" ON ("book"."id" = "review"."book_id" AND "review"."score" > )"
          R"($1) | 3)");
    CHECK(from(good.order_by({{.by = score()}}))
              .find(R"(ON ("book"."id" = "review"."book_id" AND "review"."score" > $1) ORDER BY )"
                    R"("review"."score" ASC)") != std::string::npos);
    CHECK(from(good.filter(is_null(through("good", review, "id"), true))) ==
          R"("book" LEFT OUTER JOIN "review" ON ("book"."id" = "review"."book_id" AND "review"."score" > )"
          R"($1) WHERE "review"."id" IS NULL | 3)");
}

TEST_CASE("a filter through it makes it inner, and a path beside it is another join") {
    CHECK(from(good.filter(compare(lookup_kind::lt, score(), num(9)))) ==
          R"("book" INNER JOIN "review" ON ("book"."id" = "review"."book_id" AND "review"."score" > $1) )"
          R"(WHERE "review"."score" < $2 | 3, 9)");
    const path plain{&book, to_reviews, &review_columns[1]};
    CHECK(
        from(good.annotate("a", score()).annotate("b", field(plain))) ==
        R"("book" LEFT OUTER JOIN "review" ON ("book"."id" = "review"."book_id" AND "review"."score" > $1) )"
        R"(LEFT OUTER JOIN "review" "T3" ON ("book"."id" = "T3"."book_id") | 3)");
    CHECK(from(good.filter(
                   compare(lookup_kind::exact, through("good", review, "book__author__name"), str("a"))))
              .find(R"(INNER JOIN "book" "T3" ON ("review"."book_id" = "T3"."id") INNER JOIN "author")") !=
          std::string::npos);
}

TEST_CASE("an exclusion through it asks whether any such row meets the condition") {
    const expression_ptr low = compare(lookup_kind::lt, score(), num(9));
    CHECK(from(good.exclude(low)) ==
          R"("book" WHERE NOT (EXISTS(SELECT 1 FROM "book" "U0" INNER JOIN "review" "U1" ON ("U0"."id" = )"
          R"("U1"."book_id" AND "U1"."score" > $1) WHERE "U1"."score" < $2 AND "U0"."id" = "book"."id" )"
          R"(LIMIT 1)) | 3, 9)");
    CHECK(from(good.exclude(is_null(through("good", review, "id"), true)))
              .find(R"(LEFT OUTER JOIN "review" "U1" ON ("U0"."id" = "U1"."book_id" AND "U1"."score" > $1) )"
                    R"(WHERE "U1"."id" IS NULL)") != std::string::npos);
    const query old =
        books.relate("old", to_author, compare(lookup_kind::gt, through("old", author, "age"), num(60)));
    CHECK(from(old.exclude(compare(lookup_kind::exact, through("old", author, "name"), str("a")))) ==
          R"("book" LEFT OUTER JOIN "author" ON ("book"."author_id" = "author"."id" AND "author"."age" > )"
          R"($1) WHERE NOT ("author"."name" = $2 AND "author"."name" IS NOT NULL) | 60, a)");
}

TEST_CASE("its condition may be a group, name the query's own fields, and lie several hops away") {
    const expression_ptr both =
        any_of({compare(lookup_kind::gt, score(), of(book, "rating")), is_null(score(), true)});
    CHECK(from(books.relate("good", to_reviews, both).annotate("s", score())) ==
          R"("book" LEFT OUTER JOIN "review" ON ("book"."id" = "review"."book_id" AND ("review"."score" > )"
          R"("book"."rating" OR "review"."score" IS NULL)))");
    const expression_ptr between_them =
        all_of({compare(lookup_kind::gt, score(), num(1)), compare(lookup_kind::lt, score(), num(9))});
    CHECK(from(books.relate("good", to_reviews, between_them).annotate("s", score())) ==
          R"("book" LEFT OUTER JOIN "review" ON ("book"."id" = "review"."book_id" AND )"
          R"(("review"."score" > $1 AND "review"."score" < $2)) | 1, 9)");
    const expression_ptr neither = negate(compare(lookup_kind::exact, score(), num(1)));
    CHECK(from(books.relate("good", to_reviews, neither).annotate("s", score())) ==
          R"("book" LEFT OUTER JOIN "review" ON ("book"."id" = "review"."book_id" AND NOT )"
          R"(("review"."score" = $1 AND "review"."score" IS NOT NULL)) | 1)");
    CHECK(from(books
                   .relate("others", to_authors_books,
                           compare(lookup_kind::gt, through("others", book, "pages"), num(1)))
                   .annotate("p", through("others", book, "pages"))) ==
          R"("book" INNER JOIN "author" ON ("book"."author_id" = "author"."id") LEFT OUTER JOIN "book" )"
          R"("T3" ON ("author"."id" = "T3"."author_id" AND "T3"."pages" > $1) | 1)");
    CHECK(
        from(books.relate("old", to_author, compare(lookup_kind::gt, through("old", author, "age"), num(60)))
                 .annotate("n", through("old", author, "id"))) ==
        R"("book" LEFT OUTER JOIN "author" ON ("book"."author_id" = "author"."id" AND "author"."age" > )"
        R"($1) | 60)");
}

TEST_CASE("its rows are aggregated") {
    const query counted =
        good.annotate("n", aggregate({.function = "COUNT", .arguments = {score()}, .result = int8}));
    CHECK(from(counted).find(R"(AND "review"."score" > $1) GROUP BY "book"."id" | 3)") != std::string::npos);
}

TEST_CASE("names are free, known, and conditions stay near") {
    CHECK_THROWS_WITH_AS((void)good.relate("good", to_reviews, score()),
                         doctest::Contains("a relation \"good\" already"), orm::query_error);
    CHECK_THROWS_WITH_AS((void)good.annotate("good", num(1)),
                         doctest::Contains("a relation \"good\" already"), orm::query_error);
    CHECK_THROWS_WITH_AS(from(books.annotate("s", score())), doctest::Contains("no relation \"good\""),
                         orm::query_error);
    CHECK_THROWS_WITH_AS(from(books.relate("good", to_reviews,
                                           compare(lookup_kind::exact, of(book, "author__name"), str("a")))),
                         doctest::Contains("leads beyond it"), orm::query_error);
}

TEST_CASE("another condition, path or name is another shape") {
    const expression_ptr above = compare(lookup_kind::gt, score(), num(4));
    CHECK(good.shape() == books.relate("good", to_reviews, above).shape());
    CHECK(good.shape() != books.relate("good", to_reviews, is_null(score(), false)).shape());
    CHECK(good.shape() != books.relate("good", to_author, above).shape());
    CHECK(good.shape() != books.relate("fine", to_reviews, above).shape());
    CHECK(score()->shape() != through("fine", review, "score")->shape());
}

TEST_CASE("the value of its condition is the query's own, also when its text is known") {
    for (const int above : {3, 4}) {
        const query rows = books.relate("good", to_reviews, compare(lookup_kind::gt, score(), num(above)));
        CHECK(shown(render_select(rows.order_by({{.by = score()}}))).find(" | " + std::to_string(above)) !=
              std::string::npos);
    }
}
