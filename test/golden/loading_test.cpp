#include "../support/library.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace library;
using namespace orm::literals;

namespace {

std::string from(const std::string& text) { return text.substr(text.find(" FROM ")); }

}  // namespace

TEST_CASE("select_related joins what it names, each row once, and counts leave it out") {
    const auto books = Book::objects.order_by<>();
    for (int twice = 0; twice < 2; ++twice) {
        CHECK(from(books.select_related<"author">().sql().text) ==
              R"( FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id"))");
        CHECK(
            from(books.select_related<"editor">().sql().text) ==
            R"( FROM "library_book" LEFT OUTER JOIN "author" ON ("library_book"."editor_id" = "author"."id"))");
        CHECK(from(books.select_related<"author__country", "author">().sql().text) ==
              R"( FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id"))"
              R"( LEFT OUTER JOIN "country" ON ("author"."country_id" = "country"."code"))");
    }
    CHECK(books.select_related<"author">().select_related<>().sql().text == books.sql().text);
    CHECK(books.select_related<"author">().values_list<"id">().sql().text ==
          books.values_list<"id">().sql().text);
    CHECK(books.prefetch_related<"author">().sql().text == books.sql().text);
}
