#include "cases.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

void expand(std::string& text, std::string_view name, std::string_view meaning) {
    const std::size_t at = text.find(name);
    if (at != std::string::npos) text.replace(at, name.size(), meaning);
}

std::string book_columns() {
    const std::string all = library::Book::objects.order_by().sql().text;
    const std::size_t begin = std::string_view("SELECT ").size();
    return all.substr(begin, all.find(" FROM ") - begin);
}

}  // namespace

TEST_CASE("a query renders to the SQL that Django's semantics ask for") {
    const std::string columns = book_columns();
    golden::each([&](const auto& query, std::string_view text, const golden::binds& binds) {
        std::string expected(text);
        expand(expected, "BOOK", columns);
        expand(expected, "DEFAULT_ORDER",
               R"(ORDER BY "library_book"."published" DESC, "library_book"."title" ASC)");
        const orm::sql_text got = query.sql();
        CHECK(got.text == expected);
        CHECK(got.binds == std::vector<std::string>(binds.begin(), binds.end()));
    });
}

TEST_CASE("the columns of a model stand in the order of its members, those of embedded parts flattened") {
    CHECK(library::Author::objects.all().sql().text ==
          R"(SELECT "author"."id", "author"."name", "author"."born", "author"."country_id" FROM "author")");
    CHECK(book_columns().ends_with(
        R"("library_book"."stars", "library_book"."created", "library_book"."checked")"));
}
