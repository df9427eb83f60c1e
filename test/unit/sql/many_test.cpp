// Relations with many rows: which conditions share a join, what their negation means.
#include "tables.hpp"

#include <doctest/doctest.h>

using namespace sql_test;

namespace {

const query authors = query(author).order_by({}).select({{"", of(author, "id")}});
const query books = query(book).select({{"", of(book, "id")}});

expression_ptr pages(int n) { return eq(author, "books__pages", num(n)); }
expression_ptr titled(const char* title) { return eq(author, "books__title", str(title)); }

const std::string join = R"("author" INNER JOIN "book" ON ("author"."id" = "book"."author_id"))";

}  // namespace

TEST_CASE("conditions of one filter are about the same row, a later filter is about any") {
    CHECK(from(authors.filter(all_of({pages(1), titled("a")}))) ==
          join + R"( WHERE "book"."pages" = $1 AND "book"."title" = $2 | 1, a)");
    CHECK(from(authors.filter(pages(1)).filter(titled("a"))) ==
          join + R"( INNER JOIN "book" "T3" ON ("author"."id" = "T3"."author_id") )"
                 R"(WHERE "book"."pages" = $1 AND "T3"."title" = $2 | 1, a)");
    CHECK(from(books.filter(eq(book, "tags__name", str("a")))) ==
          R"("book" INNER JOIN "book_tag" ON ("book"."id" = "book_tag"."book_id") )"
          R"(INNER JOIN "tag" ON ("book_tag"."tag_id" = "tag"."id") WHERE "tag"."name" = $1 | a)");
    CHECK(from(books.filter(eq(book, "tags", num(1)))) ==
          R"("book" INNER JOIN "book_tag" ON ("book"."id" = "book_tag"."book_id") )"
          R"(WHERE "book_tag"."tag_id" = $1 | 1)");
}

TEST_CASE("what excludes rows by their many relations asks for each condition whether any row meets it") {
    const std::string exists =
        R"(EXISTS(SELECT 1 FROM "book" "U0" WHERE "U0"."pages" = $1 AND "U0"."author_id" = "author"."id" )"
        R"(LIMIT 1))";
    CHECK(from(authors.exclude(pages(1))) == R"("author" WHERE NOT ()" + exists + ") | 1");
    CHECK(from(authors.exclude(all_of({pages(1), titled("a")}))) ==
          R"("author" WHERE NOT ()" + exists +
              R"( AND EXISTS(SELECT 1 FROM "book" "U0" WHERE "U0"."title" = $2 AND )"
              R"("U0"."author_id" = "author"."id" LIMIT 1)) | 1, a)");
    CHECK(from(authors.filter(negate(negate(pages(1))))) == join + R"( WHERE "book"."pages" = $1 | 1)");
    CHECK(from(books.exclude(eq(book, "author__books__pages", num(1)))) ==
          R"("book" WHERE NOT (EXISTS(SELECT 1 FROM "book" "U0" WHERE "U0"."pages" = $1 AND )"
          R"("U0"."author_id" = "book"."author_id" LIMIT 1)) | 1)");
}

TEST_CASE("whether there is no row at all is asked with the row itself") {
    CHECK(
        from(authors.exclude(is_null(of(author, "books"), true))) ==
        R"("author" WHERE NOT (EXISTS(SELECT 1 FROM "author" "U0" LEFT OUTER JOIN "book" "U1" )"
        R"(ON ("U0"."id" = "U1"."author_id") WHERE "U1"."id" IS NULL AND "U0"."id" = "author"."id" LIMIT 1)))");
    CHECK(from(authors.exclude(is_null(of(author, "books"), false))) ==
          R"("author" WHERE NOT (EXISTS(SELECT 1 FROM "book" "U0" WHERE "U0"."id" IS NOT NULL AND )"
          R"("U0"."author_id" = "author"."id" LIMIT 1)))");
}

TEST_CASE("a negated condition may compare with the row itself, and is about the row that is joined") {
    CHECK(from(authors.exclude(compare(lookup_kind::gt, of(author, "books__pages"), of(author, "age")))) ==
          R"("author" WHERE NOT (EXISTS(SELECT 1 FROM "book" "U0" WHERE "U0"."pages" > "author"."age" AND )"
          R"("U0"."author_id" = "author"."id" LIMIT 1)))");
    CHECK(from(authors.filter(all_of({pages(1), negate(titled("a"))}))) ==
          join + R"( WHERE "book"."pages" = $1 AND NOT (EXISTS(SELECT 1 FROM "book" "U0" WHERE )"
                 R"("U0"."title" = $2 AND "U0"."id" = "book"."id" AND "U0"."author_id" = "author"."id" )"
                 R"(LIMIT 1)) | 1, a)");
}
