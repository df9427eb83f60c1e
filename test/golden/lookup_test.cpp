#include "lookup_cases.hpp"

#include <doctest/doctest.h>

#include <string>

namespace {

// What stands between WHERE and ORDER BY; empty when no row can match.
template <class Term>
void check_where(const Term& term, std::string_view expected, const golden::binds& binds) {
    const orm::sql_text got = library::Book::objects.order_by().filter(term).sql();
    const std::size_t where = got.text.find(" WHERE ");
    CHECK((where == std::string::npos ? std::string() : got.text.substr(where + 7)) == expected);
    for (std::size_t i = 0; i < binds.size(); ++i) CHECK(got.binds.at(i) == binds[i]);
    CHECK(got.binds.size() == binds.size());
}

}  // namespace

TEST_CASE("transforms and the lookups of arrays, JSON and text render to what they say") {
    const auto check = [](const auto& term, std::string_view expected, const golden::binds& binds) {
        check_where(term, expected, binds);
    };
    golden::each_lookup(check);
    golden::extensions(check);
}

TEST_CASE("what transforms give can be ordered by and selected") {
    using library::Book;
    CHECK(Book::objects.order_by<"title__lower", "-published__year", "keywords__0">().sql().text.ends_with(
        R"(ORDER BY LOWER("library_book"."title") ASC, EXTRACT(YEAR FROM "library_book"."published")::int DESC, ("library_book"."keywords")[$1] ASC)"));
    CHECK(
        Book::objects.order_by().values<"published__year", "created__time", "details__owner">().sql().text ==
        R"(SELECT EXTRACT(YEAR FROM "library_book"."published")::int, ("library_book"."created" AT TIME ZONE 'UTC')::time::text, ("library_book"."details" #> $1) FROM "library_book")");
}
