// Query → SQL, one line of query and one of SQL. test/golden compares the text and the binds;
// test/server runs the same queries, so that no text here is one that PostgreSQL refuses.
// In the expected text `BOOK` stands for the list of Book's columns, `DEFAULT_ORDER` for its ordering.
#pragma once

#include "../support/library.hpp"

#include <string_view>
#include <vector>

namespace golden {

using library::Author;
using library::Book;
using library::Country;
using orm::F;
using orm::Q;
using namespace orm::literals;

using binds = std::vector<std::string_view>;

// clang-format off
template <class Check>
void lookups(Check check) {
    check(Book::objects.filter("pages"_k = 300),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" = $1 DEFAULT_ORDER)", {"300"});
    check(Book::objects.filter("pages__exact"_k = 300),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" = $1 DEFAULT_ORDER)", {"300"});
    check(Book::objects.filter("pages__gt"_k = 300),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" > $1 DEFAULT_ORDER)", {"300"});
    check(Book::objects.filter("pages__gte"_k = 300),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" >= $1 DEFAULT_ORDER)", {"300"});
    check(Book::objects.filter("pages__lt"_k = 300),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" < $1 DEFAULT_ORDER)", {"300"});
    check(Book::objects.filter("pages__lte"_k = 300),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" <= $1 DEFAULT_ORDER)", {"300"});
    check(Book::objects.filter("pages__range"_k = std::pair(100, 300)),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" BETWEEN $1 AND $2 DEFAULT_ORDER)", {"100", "300"});
    check(Book::objects.filter("pages__in"_k = {1, 2, 3}),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" = ANY($1) DEFAULT_ORDER)", {"ARRAY[1, 2, 3]"});
    check(Book::objects.filter("title__iexact"_k = "Tehanu"),
          R"(SELECT BOOK FROM "library_book" WHERE UPPER("library_book"."title") = UPPER($1) DEFAULT_ORDER)", {"'Tehanu'"});
    check(Book::objects.filter("title__contains"_k = "50%_\\"),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."title" LIKE $1 DEFAULT_ORDER)", {R"('%50\%\_\\%')"});
    check(Book::objects.filter("title__icontains"_k = "sea"),
          R"(SELECT BOOK FROM "library_book" WHERE UPPER("library_book"."title") LIKE UPPER($1) DEFAULT_ORDER)", {"'%sea%'"});
    check(Book::objects.filter("title__startswith"_k = "The"),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."title" LIKE $1 DEFAULT_ORDER)", {"'The%'"});
    check(Book::objects.filter("title__istartswith"_k = "the"),
          R"(SELECT BOOK FROM "library_book" WHERE UPPER("library_book"."title") LIKE UPPER($1) DEFAULT_ORDER)", {"'the%'"});
    check(Book::objects.filter("title__endswith"_k = "Tale"),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."title" LIKE $1 DEFAULT_ORDER)", {"'%Tale'"});
    check(Book::objects.filter("title__iendswith"_k = "tale"),
          R"(SELECT BOOK FROM "library_book" WHERE UPPER("library_book"."title") LIKE UPPER($1) DEFAULT_ORDER)", {"'%tale'"});
    check(Book::objects.filter("title__regex"_k = "^T.*u$"),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."title" ~ $1 DEFAULT_ORDER)", {"'^T.*u$'"});
    check(Book::objects.filter("title__iregex"_k = "^t"),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."title" ~* $1 DEFAULT_ORDER)", {"'^t'"});
    check(Book::objects.filter("pages__startswith"_k = "3"),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages"::text LIKE $1 DEFAULT_ORDER)", {"'3%'"});
    check(Book::objects.filter("published__isnull"_k = true),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."published" IS NULL DEFAULT_ORDER)", {});
    check(Book::objects.filter("published__isnull"_k = false),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."published" IS NOT NULL DEFAULT_ORDER)", {});
    check(Book::objects.filter("in_print"_k = true),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."in_print" = $1 DEFAULT_ORDER)", {"true"});
    check(Book::objects.filter("binding"_k = library::binding::hardcover),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."binding" = $1 DEFAULT_ORDER)", {"'hardcover'"});
    check(Book::objects.filter("keywords"_k = std::vector<std::string>{"sea", "dragon"}),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."keywords" = $1 DEFAULT_ORDER)", {"ARRAY['sea', 'dragon']"});
    check(Book::objects.filter("details"_k = nlohmann::json{{"a", 1}}),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."details" = $1 DEFAULT_ORDER)", {R"('{"a":1}')"});
    check(Book::objects.filter("price__gte"_k = 9.5),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."price" >= $1 DEFAULT_ORDER)", {"9.5"});
    check(Book::objects.filter("price__gte"_k = 9),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."price" >= $1 DEFAULT_ORDER)", {"9"});
}

template <class Check>
void dates(Check check) {
    check(Book::objects.filter("published__year"_k = 1968),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."published" BETWEEN $1 AND $2 DEFAULT_ORDER)", {"'1968-01-01'", "'1968-12-31'"});
    check(Book::objects.filter("published__year__gt"_k = 1968),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."published" > $1 DEFAULT_ORDER)", {"'1968-12-31'"});
    check(Book::objects.filter("published__year__lte"_k = 1968),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."published" <= $1 DEFAULT_ORDER)", {"'1968-12-31'"});
    check(Book::objects.filter("published__year__range"_k = std::pair(1968, 1972)),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."published" BETWEEN $1 AND $2 DEFAULT_ORDER)", {"'1968-01-01'", "'1972-12-31'"});
    check(Book::objects.filter("published__year__in"_k = {1968, 1971}),
          R"(SELECT BOOK FROM "library_book" WHERE EXTRACT(YEAR FROM "library_book"."published")::int = ANY($1) DEFAULT_ORDER)", {"ARRAY[1968, 1971]"});
    check(Book::objects.filter("created__year"_k = 2024),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."created" BETWEEN $1 AND $2 DEFAULT_ORDER)", {"'2024-01-01 00:00:00+00'", "'2024-12-31 23:59:59.999999+00'"});
    check(Book::objects.filter("published__month"_k = 9),
          R"(SELECT BOOK FROM "library_book" WHERE EXTRACT(MONTH FROM "library_book"."published")::int = $1 DEFAULT_ORDER)", {"9"});
    check(Book::objects.filter("published__week_day"_k = 1),
          R"(SELECT BOOK FROM "library_book" WHERE (EXTRACT(DOW FROM "library_book"."published")::int + 1) = $1 DEFAULT_ORDER)", {"1"});
    check(Book::objects.filter("published__iso_week_day"_k = 7),
          R"(SELECT BOOK FROM "library_book" WHERE EXTRACT(ISODOW FROM "library_book"."published")::int = $1 DEFAULT_ORDER)", {"7"});
    check(Book::objects.filter("created__hour"_k = 13),
          R"(SELECT BOOK FROM "library_book" WHERE EXTRACT(HOUR FROM "library_book"."created" AT TIME ZONE 'UTC')::int = $1 DEFAULT_ORDER)", {"13"});
    check(Book::objects.filter("created__date"_k = orm::date(std::chrono::year(2024) / 2 / 29)),
          R"(SELECT BOOK FROM "library_book" WHERE ("library_book"."created" AT TIME ZONE 'UTC')::date = $1 DEFAULT_ORDER)", {"'2024-02-29'"});
}

// NULL and values that no column holds.
template <class Check>
void nulls(Check check) {
    check(Book::objects.filter("published"_k = std::nullopt),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."published" IS NULL DEFAULT_ORDER)", {});
    check(Book::objects.exclude("published"_k = std::nullopt),
          R"(SELECT BOOK FROM "library_book" WHERE NOT ("library_book"."published" IS NULL) DEFAULT_ORDER)", {});
    check(Book::objects.exclude("stars"_k = 3),
          R"(SELECT BOOK FROM "library_book" WHERE NOT ("library_book"."stars" = $1 AND "library_book"."stars" IS NOT NULL) DEFAULT_ORDER)", {"3"});
    check(Book::objects.exclude("stars__gt"_k = 3),
          R"(SELECT BOOK FROM "library_book" WHERE NOT ("library_book"."stars" > $1 AND "library_book"."stars" IS NOT NULL) DEFAULT_ORDER)", {"3"});
    check(Book::objects.exclude("pages"_k = 3),
          R"(SELECT BOOK FROM "library_book" WHERE NOT ("library_book"."pages" = $1) DEFAULT_ORDER)", {"3"});
    check(Book::objects.filter("stars__in"_k = std::vector<std::optional<int>>{1, std::nullopt}),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."stars" = ANY($1) DEFAULT_ORDER)", {"ARRAY[1]"});
    check(Book::objects.exclude("stars__in"_k = std::vector<std::optional<int>>{1, std::nullopt}),
          R"(SELECT BOOK FROM "library_book" WHERE NOT (("library_book"."stars" = ANY($1) OR "library_book"."stars" IS NULL)) DEFAULT_ORDER)", {"ARRAY[1]"});
    check(Book::objects.filter("stars__in"_k = std::vector<int>{}),
          R"()", {});
    check(Book::objects.exclude("stars__in"_k = std::vector<int>{}),
          R"(SELECT BOOK FROM "library_book" DEFAULT_ORDER)", {});
    check(Book::objects.filter("pages"_k = std::int64_t{1} << 40),
          R"()", {});
    check(Book::objects.filter("pages__lt"_k = std::int64_t{1} << 40),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" IS NOT NULL DEFAULT_ORDER)", {});
    check(Book::objects.filter(Q("pages"_k = std::int64_t{1} << 40) || Q("title"_k = "x")),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."title" = $1 DEFAULT_ORDER)", {"'x'"});
    check(Book::objects.none(),
          R"()", {});
}

template <class Check>
void joins(Check check) {
    check(Book::objects.filter("author"_k = 7),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."author_id" = $1 DEFAULT_ORDER)", {"7"});
    check(Book::objects.filter("author_id"_k = 7),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."author_id" = $1 DEFAULT_ORDER)", {"7"});
    check(Book::objects.filter("author__id"_k = 7),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."author_id" = $1 DEFAULT_ORDER)", {"7"});
    check(Book::objects.filter("author__pk__in"_k = {7, 8}),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."author_id" = ANY($1) DEFAULT_ORDER)", {"ARRAY[7, 8]"});
    check(Book::objects.filter("author__name"_k = "Ursula"),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id") WHERE "author"."name" = $1 DEFAULT_ORDER)", {"'Ursula'"});
    check(Book::objects.filter("author__name"_k = "Ursula", "author__born__isnull"_k = true),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id") WHERE "author"."name" = $1 AND "author"."born" IS NULL DEFAULT_ORDER)", {"'Ursula'"});
    check(Book::objects.filter("author__country__name__icontains"_k = "states"),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id") INNER JOIN "country" ON ("author"."country_id" = "country"."code") WHERE UPPER("country"."name") LIKE UPPER($1) DEFAULT_ORDER)", {"'%states%'"});
    check(Book::objects.filter("editor__name"_k = "Jo"),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "author" ON ("library_book"."editor_id" = "author"."id") WHERE "author"."name" = $1 DEFAULT_ORDER)", {"'Jo'"});
    check(Book::objects.exclude("editor__name"_k = "Jo"),
          R"(SELECT BOOK FROM "library_book" LEFT OUTER JOIN "author" ON ("library_book"."editor_id" = "author"."id") WHERE NOT ("author"."name" = $1 AND "author"."name" IS NOT NULL) DEFAULT_ORDER)", {"'Jo'"});
    check(Book::objects.filter("editor__isnull"_k = true),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."editor_id" IS NULL DEFAULT_ORDER)", {});
    check(Book::objects.filter("editor__name__isnull"_k = true),
          R"(SELECT BOOK FROM "library_book" LEFT OUTER JOIN "author" ON ("library_book"."editor_id" = "author"."id") WHERE "author"."name" IS NULL DEFAULT_ORDER)", {});
    check(Book::objects.filter(Q("editor__name"_k = "Jo") || Q("pages__gt"_k = 300)),
          R"(SELECT BOOK FROM "library_book" LEFT OUTER JOIN "author" ON ("library_book"."editor_id" = "author"."id") WHERE ("author"."name" = $1 OR "library_book"."pages" > $2) DEFAULT_ORDER)", {"'Jo'", "300"});
    check(Book::objects.filter(Q("editor__name"_k = "Jo") || Q("pages__gt"_k = 300)).filter("editor__name"_k = "Al"),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "author" ON ("library_book"."editor_id" = "author"."id") WHERE ("author"."name" = $1 OR "library_book"."pages" > $2) AND "author"."name" = $3 DEFAULT_ORDER)", {"'Jo'", "300", "'Al'"});
    check(Book::objects.filter("sequel_of__sequel_of__title"_k = "A Wizard of Earthsea"),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "library_book" "T2" ON ("library_book"."sequel_of_id" = "T2"."id") INNER JOIN "library_book" "T3" ON ("T2"."sequel_of_id" = "T3"."id") WHERE "T3"."title" = $1 DEFAULT_ORDER)", {"'A Wizard of Earthsea'"});
    check(Book::objects.filter(!(Q("editor__name"_k = "Jo") && Q("author__name"_k = "Al"))),
          R"(SELECT BOOK FROM "library_book" LEFT OUTER JOIN "author" ON ("library_book"."editor_id" = "author"."id") INNER JOIN "author" "T3" ON ("library_book"."author_id" = "T3"."id") WHERE NOT ("author"."name" = $1 AND "author"."name" IS NOT NULL AND "T3"."name" = $2) DEFAULT_ORDER)", {"'Jo'", "'Al'"});
    check(Author::objects.filter("country"_k = "us"),
          R"(SELECT "author"."id", "author"."name", "author"."born", "author"."country_id" FROM "author" WHERE "author"."country_id" = $1)", {"'us'"});
    check(Author::objects.filter("country__code"_k = "us"),
          R"(SELECT "author"."id", "author"."name", "author"."born", "author"."country_id" FROM "author" WHERE "author"."country_id" = $1)", {"'us'"});
}

template <class Check>
void fields(Check check) {
    check(Book::objects.filter(F<&Book::pages> > 300),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" > $1 DEFAULT_ORDER)", {"300"});
    check(Book::objects.filter(F<&Book::author, &Author::name>.icontains("guin")),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id") WHERE UPPER("author"."name") LIKE UPPER($1) DEFAULT_ORDER)", {"'%guin%'"});
    check(Book::objects.filter("pages__gt"_k = F<"price">),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" > "library_book"."price" DEFAULT_ORDER)", {});
    check(Book::objects.filter("title__icontains"_k = F<"author__name">),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id") WHERE UPPER("library_book"."title") LIKE UPPER('%' || REPLACE(REPLACE(REPLACE("author"."name", E'\\', E'\\\\'), '%', E'\\%'), '_', E'\\_') || '%') DEFAULT_ORDER)", {});
    check(Book::objects.filter("author__name"_k = F<"editor__name">),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "author" ON ("library_book"."editor_id" = "author"."id") INNER JOIN "author" "T3" ON ("library_book"."author_id" = "T3"."id") WHERE "T3"."name" = "author"."name" DEFAULT_ORDER)", {});
    check(Book::objects.exclude("pages"_k = F<"stars">),
          R"(SELECT BOOK FROM "library_book" WHERE NOT ("library_book"."pages" = "library_book"."stars" AND "library_book"."stars" IS NOT NULL) DEFAULT_ORDER)", {});
    check(Book::objects.filter(F<"pages">.in_list({1, 2}) && !(F<"title"> == "x")),
          R"(SELECT BOOK FROM "library_book" WHERE "library_book"."pages" = ANY($1) AND NOT ("library_book"."title" = $2) DEFAULT_ORDER)", {"ARRAY[1, 2]", "'x'"});
}

template <class Check>
void orders(Check check) {
    check(Book::objects.order_by<"-pages", "title">(),
          R"(SELECT BOOK FROM "library_book" ORDER BY "library_book"."pages" DESC, "library_book"."title" ASC)", {});
    check(Book::objects.all(),
          R"(SELECT BOOK FROM "library_book" DEFAULT_ORDER)", {});
    check(Book::objects.reverse(),
          R"(SELECT BOOK FROM "library_book" ORDER BY "library_book"."published" ASC, "library_book"."title" DESC)", {});
    check(Book::objects.order_by(),
          R"(SELECT BOOK FROM "library_book")", {});
    check(Book::objects.order_by<"author">(),
          R"(SELECT BOOK FROM "library_book" ORDER BY "library_book"."author_id" ASC)", {});
    check(Book::objects.order_by<"author_id">(),
          R"(SELECT BOOK FROM "library_book" ORDER BY "library_book"."author_id" ASC)", {});
    check(Author::objects.order_by<"-country">(),
          R"(SELECT "author"."id", "author"."name", "author"."born", "author"."country_id" FROM "author" LEFT OUTER JOIN "country" ON ("author"."country_id" = "country"."code") ORDER BY "country"."name" DESC)", {});
    check(Book::objects.order_by<"editor__name">(),
          R"(SELECT BOOK FROM "library_book" LEFT OUTER JOIN "author" ON ("library_book"."editor_id" = "author"."id") ORDER BY "author"."name" ASC)", {});
    check(Book::objects.order_by(F<&Book::author, &Author::name>.desc(), F<&Book::title>.asc()),
          R"(SELECT BOOK FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id") ORDER BY "author"."name" DESC, "library_book"."title" ASC)", {});
    check(Book::objects.order_by<&Book::pages>(),
          R"(SELECT BOOK FROM "library_book" ORDER BY "library_book"."pages" ASC)", {});
    check(Book::objects.order_by<"-pk">()[orm::slice(5)][orm::slice(0, 2)],
          R"(SELECT BOOK FROM "library_book" ORDER BY "library_book"."id" DESC LIMIT $1 OFFSET $2)", {"2", "5"});
    check(Book::objects.limit(3),
          R"(SELECT BOOK FROM "library_book" DEFAULT_ORDER LIMIT $1)", {"3"});
    check(Book::objects.offset(3),
          R"(SELECT BOOK FROM "library_book" DEFAULT_ORDER OFFSET $1)", {"3"});
    check(Book::objects.order_by().distinct(),
          R"(SELECT DISTINCT BOOK FROM "library_book")", {});
    check(Country::objects.distinct(),
          R"(SELECT DISTINCT "country"."code", "country"."name" FROM "country" ORDER BY "country"."name" ASC)", {});
}

template <class Check>
void columns(Check check) {
    check(Book::objects.order_by().values<"title", "author__name">(),
          R"(SELECT "library_book"."title", "author"."name" FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id"))", {});
    check(Book::objects.order_by().values_list<"title", "pages">(),
          R"(SELECT "library_book"."title", "library_book"."pages" FROM "library_book")", {});
    check(Book::objects.order_by().values_list<"editor__country__name">(),
          R"(SELECT "country"."name" FROM "library_book" LEFT OUTER JOIN "author" ON ("library_book"."editor_id" = "author"."id") LEFT OUTER JOIN "country" ON ("author"."country_id" = "country"."code"))", {});
    check(Book::objects.order_by().values_list<"author">(),
          R"(SELECT "library_book"."author_id" FROM "library_book")", {});
    check(Book::objects.order_by<"author__name">().values_list<"title">().distinct(),
          R"(SELECT DISTINCT "library_book"."title", "author"."name" FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id") ORDER BY "author"."name" ASC)", {});
}
// clang-format on

template <class Check>
void each(Check check) {
    lookups(check);
    dates(check);
    nulls(check);
    joins(check);
    fields(check);
    orders(check);
    columns(check);
}

}  // namespace golden
