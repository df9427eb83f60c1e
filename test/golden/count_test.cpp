// count() and exists() → SQL: what they leave out, and what they must not.
#include "../support/shop.hpp"

#include <asynchrormous/query/subquery.hpp>
#include <asynchrormous/query/window.hpp>
#include <asynchrormous/sql/render.hpp>

#include <doctest/doctest.h>

#include <string>

using namespace shop;
using namespace orm::literals;
using orm::count;
using orm::F;
using orm::Q;
using orm::sum;

namespace {

template <class QuerySet>
std::string counted(const QuerySet& rows) {
    return std::string(orm::sql::render_count(rows.query()).text);
}
template <class QuerySet>
std::string asked(const QuerySet& rows) {
    return std::string(orm::sql::render_exists(rows.query()).text);
}

const auto& users = User::objects;
const std::string all = R"(SELECT COUNT(*) FROM "user")";
const std::string any = R"(SELECT 1 FROM "user" LIMIT 1)";

}  // namespace

TEST_CASE("count and exists leave out annotations that nothing looks at") {
    const auto upper = users.annotate("long"_k = F<"profile__age"> + 1);
    CHECK(counted(upper) == all);
    CHECK(asked(upper) == any);
    const auto many = users.annotate("n"_k = count<"orders">, "of"_k = count<"followers">);
    CHECK(counted(many) == all);
    CHECK(asked(many) == any);
    CHECK(counted(many.alias("both"_k = F<"n"> + F<"of">)) == all);
    CHECK(counted(many.order_by<"-n">()) == all);
    const auto own = Order::objects.filter("buyer"_k = orm::OuterRef<"id">);
    CHECK(counted(users.annotate("some"_k = orm::Exists(own))) == all);
    CHECK(counted(users.annotate("place"_k = orm::Window(orm::Rank()).order_by<"name">())) == all);
}

TEST_CASE("what an unused annotation binds is not sent") {
    const auto rows = users.annotate("n"_k = count<"orders"> + 5, "m"_k = F<"id"> * 7).filter("id__gt"_k = 3);
    const orm::sql::statement made = orm::sql::render_count(rows.query());
    CHECK(made.text == all + R"( WHERE "user"."id" > $1)");
    CHECK(made.parameters.size() == 1);
}

TEST_CASE("annotations that a count looks at stay, and what they are made of") {
    const std::string busy =
        R"(SELECT COUNT(*) FROM (SELECT "user"."id" FROM "user" LEFT OUTER JOIN "order" ON ("user"."id" = "order"."buyer_id") GROUP BY "user"."id" HAVING COUNT("order"."id") > $1) "subquery")";
    CHECK(counted(users.annotate("n"_k = count<"orders">).filter("n__gt"_k = 1)) == busy);
    CHECK(counted(users.annotate("n"_k = count<"orders">, "m"_k = sum<"orders__lines__quantity">)
                      .annotate("k"_k = F<"n"> + 0)
                      .filter("n__gt"_k = 1)) == busy);
    CHECK(counted(users.annotate("twice"_k = F<"id"> * 2).filter("twice__gt"_k = 4)) ==
          all + R"( WHERE ("user"."id" * $1) > $2)");
}

TEST_CASE("an unused annotation over many rows stays: it makes rows, and groups merge them") {
    CHECK(counted(users.annotate("order"_k = F<"orders__paid">)) ==
          all + R"( LEFT OUTER JOIN "order" ON ("user"."id" = "order"."buyer_id"))");
    CHECK(
        counted(users.filter("orders__paid"_k = true).annotate("n"_k = count<"orders">)) ==
        R"(SELECT COUNT(*) FROM (SELECT "user"."id" FROM "user" INNER JOIN "order" ON ("user"."id" = "order"."buyer_id") WHERE "order"."paid" = $1 GROUP BY "user"."id") "subquery")");
}

TEST_CASE("groups of values(), distinct rows and slices are counted with everything that decides them") {
    CHECK(counted(Order::objects.values<"paid">().annotate("n"_k = count<>)) ==
          R"(SELECT COUNT(*) FROM (SELECT "order"."paid" FROM "order" GROUP BY "order"."paid") "subquery")");
    CHECK(counted(users.annotate("n"_k = count<"orders">).distinct()).find("COUNT(\"order\".\"id\")") !=
          std::string::npos);
    CHECK(counted(users.annotate("n"_k = count<"orders">).order_by<"-n">().limit(3)).find("ORDER BY") !=
          std::string::npos);
}
