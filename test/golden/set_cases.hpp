// Dates, trees, named sources and relations on a condition → SQL: check(QuerySet, SQL, binds). test/golden
// compares the text, test/server runs each one.
#pragma once

#include "../support/library.hpp"
#include "../support/shop.hpp"

#include <asynchrormous/query/cte.hpp>
#include <asynchrormous/query/filtered_relation.hpp>

#include <string_view>
#include <vector>

namespace golden {

using namespace orm::literals;
using library::Book;
using orm::count;
using orm::cte;
using orm::F;
using orm::FilteredRelation;
using orm::next_row;
using orm::Q;
using orm::recursive;
using shop::Category;
using shop::Line;
using shop::Product;
using shop::User;

using binds = std::vector<std::string_view>;

struct Stocked {
    std::int64_t n = 0;
    std::optional<orm::foreign_key<Category>> category{};
};
struct Branch {
    orm::foreign_key<Category> category{};
    int depth = 0;
    std::string path{};
};
struct Followed {
    orm::foreign_key<User> user{};
};

// Outside of templates, where g++ 12 takes them for dependent.
inline auto stocked() {
    return cte<Stocked>(Product::objects.values<"category">().annotate("n"_k = count<>));
}
inline auto stocked_of(const char* category) {
    return stocked().filter("category__name"_k = category).values_list<"n">();
}
inline auto titles_of_length(int pages) {
    return Book::objects.filter("pages"_k = pages).values_list<"title">();
}
inline auto shorter_than(int pages) { return Book::objects.filter("pages__lt"_k = pages); }
inline auto written_by(const char* name) { return Book::objects.filter("author__name"_k = name); }
inline auto country(const char* code) { return library::Country::objects.filter("code"_k = code); }
inline auto branches() {
    return recursive<Branch>(Category::objects.filter("parent__isnull"_k = true)
                                 .values("category"_k = F<"id">, "depth"_k = 1, "path"_k = F<"name">),
                             next_row("category"_k = F<"category__children">, "depth"_k = F<"depth"> + 1,
                                      "path"_k = F<"path"> + "/" + F<"category__children__name">)
                                 .filter("depth__lt"_k = 5));
}
inline auto followed(orm::repeats again) {
    return recursive<Followed>(User::objects.filter("name"_k = "ann").values("user"_k = F<"id">),
                               next_row("user"_k = F<"user__follows">), again);
}
inline auto paid() {
    return User::objects.annotate("paid"_k = FilteredRelation<"orders">(Q("orders__paid"_k = true)));
}
inline auto dear() {
    return Line::objects.annotate("dear"_k =
                                      FilteredRelation<"product">("product__price__gt"_k = F<"quantity">));
}
inline auto named(const char* name) { return Category::objects.filter("name"_k = name); }

// clang-format off
template <class Check>
void sets(Check check) {
    check(stocked().filter("n__gt"_k = 1),
          R"(WITH "stocked" ("category_id", "n") AS (SELECT "shop_product"."category_id", COUNT(*) AS "n" FROM "shop_product" GROUP BY )"
          R"("shop_product"."category_id") SELECT "stocked"."n", "stocked"."category_id" FROM "stocked" WHERE "stocked"."n" > $1)", {"1"});
    check(stocked_of("x"),
          R"(WITH "stocked" ("category_id", "n") AS (SELECT "shop_product"."category_id", COUNT(*) AS "n" FROM "shop_product" GROUP BY )"
          R"("shop_product"."category_id") SELECT "stocked"."n" FROM "stocked" INNER JOIN "category" ON ("stocked"."category_id" = "category"."id") WHERE )"
          R"("category"."name" = $1)", {"'x'"});
    check(Category::objects.order_by().filter("id__in"_k = stocked().values_list<"category">()),
          R"(WITH "stocked" ("category_id", "n") AS (SELECT "shop_product"."category_id", COUNT(*) AS "n" FROM "shop_product" GROUP BY )"
          R"("shop_product"."category_id") SELECT "category"."id", "category"."name", "category"."parent_id" FROM "category" WHERE "category"."id" IN (SELECT )"
          R"("U0"."category_id" FROM "stocked" "U0"))", {});
    check(cte<Stocked>(Product::objects.values<"category">().annotate("n"_k = count<>), orm::materialized),
          R"(WITH "stocked" ("category_id", "n") AS MATERIALIZED (SELECT "shop_product"."category_id", COUNT(*) AS "n" FROM "shop_product" GROUP BY )"
          R"("shop_product"."category_id") SELECT "stocked"."n", "stocked"."category_id" FROM "stocked")", {});
    check(branches(),
          R"(WITH RECURSIVE "branch" ("category_id", "depth", "path") AS (SELECT "category"."id" AS "category", $1 AS "depth", "category"."name"::text AS "path" )"
          R"(FROM "category" WHERE "category"."parent_id" IS NULL UNION SELECT "T3"."id", ("branch"."depth" + $2), (("branch"."path" || $3) || "T3"."name") FROM )"
          R"("branch" INNER JOIN "category" ON ("branch"."category_id" = "category"."id") INNER JOIN "category" "T3" ON ("category"."id" = "T3"."parent_id") WHERE )"
          R"("branch"."depth" < $4 AND "T3"."id" IS NOT NULL AND (("branch"."path" || $3) || "T3"."name") IS NOT NULL) SELECT "branch"."category_id", )"
          R"("branch"."depth", "branch"."path" FROM "branch")", {"1", "1", "'/'", "5"});
    check(followed(orm::repeats::keep),
          R"(WITH RECURSIVE "followed" ("user_id") AS (SELECT "user"."id" AS "user" FROM "user" WHERE "user"."name" = $1 UNION ALL SELECT )"
          R"("user_follows"."to_user_id" FROM "followed" INNER JOIN "user" ON ("followed"."user_id" = "user"."id") INNER JOIN "user_follows" ON ("user"."id" = )"
          R"("user_follows"."from_user_id") WHERE "user_follows"."to_user_id" IS NOT NULL) SELECT "followed"."user_id" FROM "followed")", {"'ann'"});
    check(named("a").order_by().descendants<"parent">(),
          R"(SELECT "category"."id", "category"."name", "category"."parent_id" FROM "category" WHERE "category"."parent_id" IN (WITH RECURSIVE "category tree" )"
          R"(("key") AS (SELECT "U0"."id" FROM "category" "U0" WHERE "U0"."name" = $1 UNION SELECT "next"."id" FROM "category tree" INNER JOIN "category" "next" )"
          R"(ON ("next"."parent_id" = "category tree"."key")) SELECT "key" FROM "category tree") ORDER BY "category"."name" ASC)", {"'a'"});
    check(named("a").order_by().ancestors_or_self<"parent">(),
          R"(SELECT "category"."id", "category"."name", "category"."parent_id" FROM "category" WHERE "category"."id" IN (WITH RECURSIVE "category tree" ("key") AS )"
          R"((SELECT "U0"."id" FROM "category" "U0" WHERE "U0"."name" = $1 UNION SELECT "next"."parent_id" FROM "category tree" INNER JOIN "category" "next" ON )"
          R"(("next"."id" = "category tree"."key") WHERE "next"."parent_id" IS NOT NULL) SELECT "key" FROM "category tree") ORDER BY "category"."name" ASC)", {"'a'"});
    check(paid().filter("paid__id__gt"_k = 1),
          R"(SELECT "user"."id", "user"."name" FROM "user" INNER JOIN "order" ON ("user"."id" = "order"."buyer_id" AND "order"."paid" = $1) WHERE "order"."id" > $2)", {"true", "1"});
    check(paid().exclude("paid__id__gt"_k = 1),
          R"(SELECT "user"."id", "user"."name" FROM "user" WHERE NOT (EXISTS(SELECT 1 FROM "user" "U0" INNER JOIN "order" "U1" ON ("U0"."id" = "U1"."buyer_id" AND )"
          R"("U1"."paid" = $1) WHERE "U1"."id" > $2 AND "U0"."id" = "user"."id" LIMIT 1)))", {"true", "1"});
    check(paid().filter("paid__isnull"_k = true),
          R"(SELECT "user"."id", "user"."name" FROM "user" LEFT OUTER JOIN "order" ON ("user"."id" = "order"."buyer_id" AND "order"."paid" = $1) WHERE )"
          R"("order"."id" IS NULL)", {"true"});
    check(dear().values_list<"id", "dear__name">(),
          R"(SELECT "line"."id", "shop_product"."name" FROM "line" LEFT OUTER JOIN "shop_product" ON ("line"."product_id" = "shop_product"."id" AND )"
          R"("shop_product"."price" > "line"."quantity"))", {});
    check(paid().annotate("n"_k = count<"paid">),
          R"(SELECT "user"."id", "user"."name", COUNT("order"."id") AS "n" FROM "user" LEFT OUTER JOIN "order" ON ("user"."id" = "order"."buyer_id" AND )"
          R"("order"."paid" = $1) GROUP BY "user"."id")", {"true"});
    check(Book::objects.dates<"published">(orm::date_part::month),
          R"(SELECT DISTINCT (DATE_TRUNC('month', "library_book"."published"::timestamp))::date FROM "library_book" WHERE "library_book"."published" IS NOT NULL )"
          R"(ORDER BY (DATE_TRUNC('month', "library_book"."published"::timestamp))::date ASC)", {});
    check(Book::objects.dates<"created">(orm::date_part::year, orm::date_order::descending),
          R"(SELECT DISTINCT (DATE_TRUNC('year', "library_book"."created", 'UTC') AT TIME ZONE 'UTC')::date FROM "library_book" WHERE "library_book"."created" IS )"
          R"(NOT NULL ORDER BY (DATE_TRUNC('year', "library_book"."created", 'UTC') AT TIME ZONE 'UTC')::date DESC)", {});
    check(Book::objects.datetimes<"created">(orm::time_part::hour, "Europe/Warsaw"),
          R"(SELECT DISTINCT DATE_TRUNC('hour', "library_book"."created", $1) FROM "library_book" WHERE "library_book"."created" IS NOT NULL ORDER BY )"
          R"(DATE_TRUNC('hour', "library_book"."created", $1) ASC)", {"'Europe/Warsaw'"});
    check(Book::objects.datetimes<"checked">(orm::date_part::week),
          R"(SELECT DISTINCT DATE_TRUNC('week', "library_book"."checked"::timestamp) FROM "library_book" WHERE "library_book"."checked" IS NOT NULL ORDER BY )"
          R"(DATE_TRUNC('week', "library_book"."checked"::timestamp) ASC)", {});
    check(titles_of_length(1).union_(titles_of_length(2)),
          R"(SELECT "library_book"."title" FROM "library_book" WHERE "library_book"."pages" = $1 UNION SELECT "library_book"."title" FROM "library_book" WHERE )"
          R"("library_book"."pages" = $2)", {"1", "2"});
    check(Book::objects.order_by<"author", "-pages">().values_list<"title">().distinct<"author">(),
          R"(SELECT DISTINCT ON ("library_book"."author_id") "library_book"."title" FROM "library_book" ORDER BY "library_book"."author_id" ASC, )"
          R"("library_book"."pages" DESC)", {});
}

// check(a write, SQL, binds): what the write sends.
template <class Check>
void returning(Check check) {
    check([] { return shorter_than(5).update_returning<"id", "pages">("pages"_k = F<"pages"> + 1); },
          R"(UPDATE "library_book" SET "pages" = ("library_book"."pages" + $1) WHERE "library_book"."pages" < $2 RETURNING "library_book"."id", "library_book"."pages")", {"1", "5"});
    check([] { return written_by("x").delete_returning<"title">(); },
          R"(DELETE FROM "library_book" WHERE "library_book"."id" IN (SELECT "library_book"."id" FROM "library_book" INNER JOIN "author" ON ("library_book"."author_id" = "author"."id") WHERE "author"."name" = $1) RETURNING "library_book"."title")", {"'x'"});
    check([] { return country("x").delete_returning(); },
          R"(DELETE FROM "country" WHERE "country"."code" = $1 RETURNING "country"."code", "country"."name")", {"'x'"});
}
// clang-format on

}  // namespace golden
