// Expressions → SQL. test/golden compares the text, test/server runs each one.
// value(expression, SQL, binds) orders by it; in the SQL, B stands for "library_book".
#pragma once

#include "../support/library.hpp"
#include "../support/shop.hpp"

#include <asynchrormous/query/aggregate_more.hpp>
#include <asynchrormous/query/case.hpp>
#include <asynchrormous/query/cast.hpp>

#include <string_view>
#include <vector>

namespace golden {

using library::Author;
using library::Book;
using orm::Case;
using orm::Cast;
using orm::Coalesce;
using orm::Collate;
using orm::F;
using orm::Func;
using orm::Greatest;
using orm::Least;
using orm::NullIf;
using orm::Q;
using orm::RawSQL;
using orm::Value;
using orm::When;
using namespace orm::literals;

using binds = std::vector<std::string_view>;

// clang-format off
template <class Check>
void arithmetic(Check value) {
    value(F<"pages"> * 2 + 1,
          R"(((B."pages" * $1) + $2))", {"2", "1"});
    value(100 - F<"pages"> / F<"stars">,
          R"(($1 - (B."pages" / B."stars")))", {"100"});
    value(F<"pages"> % 10,
          R"((B."pages" % $1))", {"10"});
    value(-F<"pages">,
          R"((-B."pages"))", {});
    value(F<"price"> * F<"pages">,
          R"((B."price" * B."pages"))", {});
    value(F<"pages">.pow(2),
          R"((B."pages" ^ $1))", {"2"});
    value(F<"pages">.bitand_(6).bitor_(1).bitxor(F<"id">),
          R"((((B."pages" & $1) | $2) # B."id"))", {"6", "1"});
    value(F<"pages">.bitleftshift(2).bitrightshift(F<"stars">),
          R"(((B."pages" << $1::int) >> B."stars"::int))", {"2"});
    value(F<"title"> + ", " + F<"author__name">,
          R"(((B."title" || $1) || "author"."name"))", {"', '"});
    value(F<"title">[orm::slice(0, 3)],
          R"(SUBSTRING(B."title", $1, $2))", {"1", "3"});
    value(F<"title">[orm::slice(4)],
          R"(SUBSTRING(B."title", $1, $2))", {"5", "2147483646"});
    value(F<"published"> + 7,
          R"((B."published" + $1))", {"7"});
    value(F<"published"> - orm::date(2000, 1, 1),
          R"((B."published" - $1))", {"'2000-01-01'"});
}

template <class Check>
void choices(Check value) {
    value(Case(When("pages__gt"_k = 200, "long"), When(F<"in_print">, F<"title">)).otherwise("short"),
          R"(CASE WHEN B."pages" > $1 THEN $2 WHEN B."in_print" THEN B."title" ELSE $3 END)", {"200", "'long'", "'short'"});
    value(Case(When(Q("pages__lt"_k = 100) || Q("stars__isnull"_k = true), 1), When("pages__in"_k = std::vector<int>{}, 2)),
          R"(CASE WHEN (B."pages" < $1 OR B."stars" IS NULL) THEN $2 END)", {"100", "1"});
    value(Coalesce(F<"stars">, 0),
          R"(COALESCE(B."stars", $1))", {"0"});
    value(Greatest(F<"pages">, F<"stars">, 3.5),
          R"(GREATEST(B."pages", B."stars", $1))", {"3.5"});
    value(Least(F<"title">, F<"author__name">),
          R"(LEAST(B."title", "author"."name"))", {});
    value(NullIf(F<"pages">, 12),
          R"(NULLIF(B."pages", $1))", {"12"});
    value(Cast<std::string>(F<"pages">),
          R"((B."pages")::text)", {});
    value(Cast<std::vector<std::string>>(F<"keywords">),
          R"((B."keywords")::text[])", {});
    value(Collate<"C">(F<"title">),
          R"((B."title" COLLATE "C"))", {});
    value(Func<"LPAD({0}, {1}, {2})", std::string>(F<"title">, 12, "*"),
          R"(LPAD(B."title", $1, $2))", {"12", "'*'"});
    value(Func<"CONCAT_WS({*})", orm::never_null<orm::fixed<std::string>>>("-", F<"title">, F<"editor__name">),
          R"(CONCAT_WS($1, B."title", "author"."name"))", {"'-'"});
    value(RawSQL<"({0}::int + 1)", std::int32_t>(41),
          R"(($1::int + 1))", {"41"});
}

template <class Check>
void conditions(Check condition) {
    condition(F<"pages"> * 2 > 300,
              R"((B."pages" * $1) > $2)", {"2", "300"});
    condition(300 < F<"pages"> * 2,
              R"($1 < (B."pages" * $2))", {"300", "2"});
    condition("pages__gt"_k = F<"stars"> * 50,
              R"(B."pages" > (B."stars" * $1))", {"50"});
    condition((F<"title"> + F<"author__name">).icontains("LE"),
              R"(UPPER((B."title" || "author"."name")) LIKE UPPER($1))", {"'%LE%'"});
    condition((F<"pages"> + F<"stars">).isnull(),
              R"((B."pages" + B."stars") IS NULL)", {});
    condition((F<"pages"> % 10).in_list({1, 2, 3}),
              R"((B."pages" % $1) = ANY($2))", {"10", "ARRAY[1, 2, 3]"});
    condition((F<"pages"> / 2).range(F<"stars">, 110),
              R"((B."pages" / $1) BETWEEN B."stars" AND $2)", {"2", "110"});
    condition(F<"in_print">,
              R"(B."in_print")", {});
    condition(!F<"in_print">,
              R"(NOT (B."in_print"))", {});
    condition(F<"in_print"> && F<"pages"> + 1 > 12,
              R"(B."in_print" AND (B."pages" + $1) > $2)", {"1", "12"});
    condition(Q("pages"_k = 12) ^ Q("pages"_k = 163) ^ F<"in_print">,
              R"((MOD(CASE WHEN B."pages" = $1 THEN 1 ELSE 0 END + CASE WHEN B."pages" = $2 THEN 1 ELSE 0 END + CASE WHEN B."in_print" THEN 1 ELSE 0 END, 2) = 1))", {"12", "163"});
    condition(!(F<"stars"> + 1 > 4),
              R"(NOT ((B."stars" + $1) > $2 AND B."stars" IS NOT NULL))", {"1", "4"});
    condition(!(Coalesce(F<"stars">, F<"pages">) > 4),
              R"(NOT ((COALESCE(B."stars", B."pages") > $1) IS TRUE))", {"4"});
    condition(Case(When("pages__gt"_k = 200, true)).otherwise(false),
              R"(CASE WHEN B."pages" > $1 THEN $2 ELSE $3 END)", {"200", "true", "false"});
    condition(F<"title">[orm::slice(0, 1)] == F<"author__name">[orm::slice(0, 1)],
              R"(SUBSTRING(B."title", $1, $2) = SUBSTRING("author"."name", $3, $4))", {"1", "1", "1", "1"});
}

template <class Check>
void aggregates(Check check) {
    check(Book(), orm::count<>,
          R"(COUNT(*) FROM B)", {});
    check(Book(), orm::count<"author">.distinct(),
          R"(COUNT(DISTINCT B."author_id") FROM B)", {});
    check(Book(), orm::count<>.filter("pages__gt"_k = 200, F<"in_print">),
          R"(COUNT(*) FILTER (WHERE B."pages" > $1 AND B."in_print") FROM B)", {"200"});
    check(Book(), orm::sum<"pages">,
          R"(SUM(B."pages") FROM B)", {});
    check(Book(), orm::sum<"id">,
          R"((SUM(B."id"))::bigint FROM B)", {});
    check(Book(), orm::sum<>(F<"pages"> * F<"stars">),
          R"(SUM((B."pages" * B."stars")) FROM B)", {});
    check(Book(), orm::avg<"pages">.default_(0).filter("stars__isnull"_k = false),
          R"(COALESCE(AVG(B."pages") FILTER (WHERE B."stars" IS NOT NULL), $1) FROM B)", {"0"});
    check(Book(), orm::max<"pages"> - orm::min<"pages">,
          R"((MAX(B."pages") - MIN(B."pages")) FROM B)", {});
    check(Book(), orm::string_agg<"title">(", ").order_by(F<"title">.desc()).distinct(),
          R"(STRING_AGG(DISTINCT B."title", $1 ORDER BY B."title" DESC) FROM B)", {"', '"});
    check(Book(), orm::array_agg<"pages">.order_by(F<"stars">.desc().nulls_last(), F<"pages"> % 2),
          R"(ARRAY_AGG(B."pages" ORDER BY B."stars" DESC NULLS LAST, (B."pages" % $1) ASC) FROM B)", {"2"});
    check(Book(), orm::json_agg<"author__name">,
          R"(JSONB_AGG("author"."name") FROM B INNER JOIN "author" ON (B."author_id" = "author"."id"))", {});
    check(Book(), orm::corr(F<"pages">, F<"price">),
          R"(CORR(B."pages", B."price") FROM B)", {});
    check(shop::Category(), orm::count<"products">,
          R"(COUNT("shop_product"."id") FROM "category" LEFT OUTER JOIN "shop_product" ON ("category"."id" = "shop_product"."category_id"))", {});
    check(shop::Category(), orm::count<"products">.filter("products__name"_k = "x"),
          R"(COUNT("shop_product"."id") FILTER (WHERE "shop_product"."name" = $1) FROM "category" LEFT OUTER JOIN "shop_product" ON ("category"."id" = "shop_product"."category_id"))", {"'x'"});
}
// clang-format on

}  // namespace golden
