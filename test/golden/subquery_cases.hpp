// Sub-queries and windows → SQL. test/golden compares the text, test/server runs each one.
// authors(condition, SQL, binds) filters authors by it, window(expression, SQL, binds) orders books by it; in
// the SQL, B stands for "library_book".
#pragma once

#include "../support/library.hpp"

#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/subquery.hpp>
#include <asynchrormous/query/window.hpp>

#include <string_view>
#include <vector>

namespace golden {

using library::Author;
using library::Book;
using library::Country;
using orm::F;
using orm::OuterRef;
using orm::Q;
using orm::Subquery;
using orm::Window;
using namespace orm::literals;

using binds = std::vector<std::string_view>;

// Outside of templates, where g++ 12 takes them for dependent.
inline auto books_of_author() { return Book::objects.filter("author"_k = OuterRef<"id">); }
inline auto authors_of_short_books() {
    return Book::objects.filter("pages__lt"_k = 99).values_list<"author">();
}
inline auto hundredfold_id() { return OuterRef<"id">.as<std::int64_t>() * 100; }

// clang-format off
template <class Check>
void subqueries(Check authors) {
    const decltype(books_of_author()) own = books_of_author();
    authors(orm::Exists(own.filter("pages__gt"_k = 200)),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE "U0"."author_id" = "author"."id" AND "U0"."pages" > $1 LIMIT 1))", {"200"});
    authors(!orm::Exists(own.order_by<"pages">()),
            R"(NOT (EXISTS(SELECT 1 FROM B "U0" WHERE "U0"."author_id" = "author"."id" LIMIT 1)))", {});
    authors(Q("name"_k = "x") || orm::Exists(own),
            R"(("author"."name" = $1 OR EXISTS(SELECT 1 FROM B "U0" WHERE "U0"."author_id" = "author"."id" LIMIT 1)))", {"'x'"});
    authors("name"_k = Subquery(own.order_by<"-pages">().values_list<"title">()),
            R"("author"."name" = (SELECT "U0"."title" FROM B "U0" WHERE "U0"."author_id" = "author"."id" ORDER BY "U0"."pages" DESC LIMIT $1))", {"1"});
    authors("name__gt"_k = own.order_by<"pages">().values<"title">(),
            R"("author"."name" > (SELECT "U0"."title" FROM B "U0" WHERE "U0"."author_id" = "author"."id" ORDER BY "U0"."pages" ASC LIMIT $1))", {"1"});
    authors("id"_k = Subquery(Author::objects.order_by<"-name">()[orm::slice(2, 9)]),
            R"("author"."id" = (SELECT "U0"."id" FROM "author" "U0" ORDER BY "U0"."name" DESC LIMIT $1 OFFSET $2))", {"1", "2"});
    authors("id__in"_k = authors_of_short_books(),
            R"("author"."id" IN (SELECT "U0"."author_id" FROM B "U0" WHERE "U0"."pages" < $1))", {"99"});
    authors(!Q("id__in"_k = Book::objects.values_list<"editor">()),
            R"(NOT (("author"."id" IN (SELECT "U0"."editor_id" FROM B "U0")) IS TRUE))", {});
    authors("id__in"_k = Book::objects.order_by<"-pages">().values_list<"author">()[orm::slice(0, 3)],
            R"("author"."id" IN (SELECT "U0"."author_id" FROM B "U0" ORDER BY "U0"."pages" DESC LIMIT $1))", {"3"});
    authors("country__in"_k = Country::objects.filter("name"_k = "Poland"),
            R"("author"."country_id" IN (SELECT "U0"."code" FROM "country" "U0" WHERE "U0"."name" = $1))", {"'Poland'"});
    authors(F<"name">.in_list(Book::objects.values_list<"title">()),
            R"("author"."name" IN (SELECT "U0"."title" FROM B "U0"))", {});
    authors(F<"name"> == Book::objects.order_by<"id">().values_list<"title">(),
            R"("author"."name" = (SELECT "U0"."title" FROM B "U0" ORDER BY "U0"."id" ASC LIMIT $1))", {"1"});
    authors("id__in"_k = Author::objects.none(), "FALSE", {});
    authors(orm::ArraySubquery(own.order_by<"id">().values_list<"pages">()) == std::vector<int>{1, 2},
            R"(ARRAY(SELECT "U0"."pages" FROM B "U0" WHERE "U0"."author_id" = "author"."id" ORDER BY "U0"."id" ASC) = $1)", {"ARRAY[1, 2]"});
    authors(orm::Case(orm::When(orm::Exists(own), 1)).otherwise(0) == 1,
            R"(CASE WHEN EXISTS(SELECT 1 FROM B "U0" WHERE "U0"."author_id" = "author"."id" LIMIT 1) THEN $1 ELSE $2 END = $3)", {"1", "0", "1"});
}

// Of two levels and more, and by other ways than a keyword.
template <class Check>
void outer_references(Check authors) {
    authors(orm::Exists(Book::objects.filter(F<"author"> == OuterRef<"id">, F<"title"> > OuterRef<"name">)),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE "U0"."author_id" = "author"."id" AND "U0"."title" > "author"."name" LIMIT 1))", {});
    authors(orm::Exists(Book::objects.filter(OuterRef<&Author::name> < F<"title">)),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE "author"."name" < "U0"."title" LIMIT 1))", {});
    authors(orm::Exists(Book::objects.filter("pages__gt"_k = hundredfold_id())),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE "U0"."pages" > ("author"."id" * $1) LIMIT 1))", {"100"});
    authors(orm::Exists(Country::objects.filter("name"_k = OuterRef<"country__name">)),
            R"(EXISTS(SELECT 1 FROM "country" "U0" WHERE "U0"."name" = "country"."name" LIMIT 1))", {});
    authors(orm::Exists(Book::objects.filter("author"_k = OuterRef<"pk">, orm::Exists(Book::objects.filter("sequel_of"_k = OuterRef<"id">, "editor"_k = OuterRef<OuterRef<"id">>)))),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE "U0"."author_id" = "author"."id" AND )"
            R"(EXISTS(SELECT 1 FROM B "V0" WHERE "V0"."sequel_of_id" = "U0"."id" AND "V0"."editor_id" = "author"."id" LIMIT 1) LIMIT 1))", {});
    authors(orm::Exists(Book::objects.filter("pages__range"_k = std::pair(OuterRef<"id">, 10))),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE "U0"."pages" BETWEEN "author"."id" AND $1 LIMIT 1))", {"10"});
    authors(orm::Exists(Book::objects.filter(F<"title__lower">.range("a", OuterRef<"name">))),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE LOWER("U0"."title") BETWEEN $1 AND "author"."name" LIMIT 1))", {"'a'"});
    authors(orm::Exists(Book::objects.annotate("n"_k = F<"pages"> * 2).filter("n__range"_k = std::pair(OuterRef<"id">, F<"pages">))),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE ("U0"."pages" * $1) BETWEEN "author"."id" AND "U0"."pages" LIMIT 1))", {"2"});
    authors(orm::Exists(Book::objects.filter(orm::Exists(Book::objects.filter("stars__range"_k = std::pair(OuterRef<"pages">, OuterRef<OuterRef<"id">>))))),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE EXISTS(SELECT 1 FROM B "V0" WHERE "V0"."stars" BETWEEN "U0"."pages" AND "author"."id" LIMIT 1) LIMIT 1))", {});
    authors(orm::Exists(Book::objects.exclude("editor"_k = OuterRef<"id">)),
            R"(EXISTS(SELECT 1 FROM B "U0" WHERE NOT (("U0"."editor_id" = "author"."id") IS TRUE) LIMIT 1))", {});
}

template <class Check>
void windows(Check window) {
    window(Window(orm::Rank()).partition_by<"author">().order_by<"-pages">(),
           R"(RANK() OVER (PARTITION BY B."author_id" ORDER BY B."pages" DESC))", {});
    window(Window(orm::RowNumber()), "ROW_NUMBER() OVER ()", {});
    window(Window(orm::DenseRank()).order_by(F<"pages">.desc().nulls_last(), F<"id">),
           R"(DENSE_RANK() OVER (ORDER BY B."pages" DESC NULLS LAST, B."id" ASC))", {});
    window(Window(orm::PercentRank()).order_by<"pages">(), R"(PERCENT_RANK() OVER (ORDER BY B."pages" ASC))", {});
    window(Window(orm::CumeDist()).order_by<"pages">(), R"(CUME_DIST() OVER (ORDER BY B."pages" ASC))", {});
    window(Window(orm::Ntile(4)).order_by<"pages">(), R"(NTILE($1) OVER (ORDER BY B."pages" ASC))", {"4"});
    window(Window(orm::Lag(F<"pages">)).order_by(F<"id">), R"(LAG(B."pages", $1) OVER (ORDER BY B."id" ASC))", {"1"});
    window(Window(orm::Lead(F<"title">, 2, "none")).order_by(F<"id">), R"(LEAD(B."title", $1, $2) OVER (ORDER BY B."id" ASC))", {"2", "'none'"});
    window(Window(orm::FirstValue(F<"title">)).order_by(F<"id">), R"(FIRST_VALUE(B."title") OVER (ORDER BY B."id" ASC))", {});
    window(Window(orm::LastValue(F<"title">)).order_by(F<"id">).rows(orm::current_row, orm::unbounded),
           R"(LAST_VALUE(B."title") OVER (ORDER BY B."id" ASC ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING))", {});
    window(Window(orm::NthValue(F<"title">, 2)).order_by(F<"id">).rows(orm::unbounded, 3),
           R"(NTH_VALUE(B."title", $1) OVER (ORDER BY B."id" ASC ROWS BETWEEN UNBOUNDED PRECEDING AND 3 FOLLOWING))", {"2"});
    window(Window(orm::sum<"pages">).order_by(F<"pages">).range(-10, 10, orm::frame_exclusion::current_row),
           R"(SUM(B."pages") OVER (ORDER BY B."pages" ASC RANGE BETWEEN 10 PRECEDING AND 10 FOLLOWING EXCLUDE CURRENT ROW))", {});
    window(Window(orm::avg<"pages">).order_by(F<"pages">).groups(-1, 0, orm::frame_exclusion::ties),
           R"(AVG(B."pages") OVER (ORDER BY B."pages" ASC GROUPS BETWEEN 1 PRECEDING AND CURRENT ROW EXCLUDE TIES))", {});
    window(Window(orm::sum<"id">.filter("in_print"_k = true).default_(0)).partition_by(F<"pages"> % 2, F<"author">),
           R"(COALESCE((SUM(B."id") FILTER (WHERE B."in_print" = $1) OVER (PARTITION BY (B."pages" % $2), B."author_id"))::bigint, $3))", {"true", "2", "0"});
    window(F<"pages"> - Window(orm::max<"pages">).partition_by(F<"author">),
           R"((B."pages" - MAX(B."pages") OVER (PARTITION BY B."author_id")))", {});
}
// clang-format on

}  // namespace golden
