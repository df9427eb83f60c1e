// What related members send, word for word.
#include "shop_fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace shop;
using namespace orm::literals;
using test::shop_fixture;

namespace {

struct one_of_each : shop_fixture {
    User ann = User::objects.create({.name = "ann"});
    User bob = User::objects.create({.name = "bob"});
    Category food = Category::objects.create({.name = "food"});
    Product apple = Product::objects.create({.name = "apple"});
    Tag hot = Tag::objects.create({.word = "hot"});
    Order order = Order::objects.create({});
};

template <class F>
std::string sent_by(F change) {
    const orm::testing::captured_queries sent;
    static_cast<void>(change());
    REQUIRE(sent.size() == 1);
    return sent.queries()[0].text;
}

}  // namespace

TEST_CASE_FIXTURE(one_of_each, "the rows of a related member are one condition, or one join") {
    CHECK(food.children.all().order_by<>().sql().text ==
          R"(SELECT "category"."id", "category"."name", "category"."parent_id" FROM "category" )"
          R"(WHERE "category"."parent_id" = $1)");
    CHECK(apple.tags.filter("hidden"_k = false).sql().text ==
          R"(SELECT "tag"."word", "tag"."hidden" FROM "tag" INNER JOIN "shop_product_tags" ON )"
          R"(("tag"."word" = "shop_product_tags"."tag_id") WHERE "shop_product_tags"."product_id" = $1 AND )"
          R"("tag"."hidden" = $2)");
    CHECK(ann.followers.all().sql().text ==
          R"(SELECT "user"."id", "user"."name" FROM "user" INNER JOIN "user_follows" ON )"
          R"(("user"."id" = "user_follows"."from_user_id") WHERE "user_follows"."to_user_id" = $1)");
}

TEST_CASE_FIXTURE(one_of_each, "changes of a reverse side are one UPDATE, set() two in one statement") {
    CHECK(sent_by([&] { return food.products.add(apple); }) ==
          R"(UPDATE "shop_product" SET "category_id" = $1 WHERE "id" = ANY($2) AND )"
          R"("category_id" IS DISTINCT FROM $1)");
    CHECK(sent_by([&] { return food.products.remove(apple); }) ==
          R"(UPDATE "shop_product" SET "category_id" = NULL WHERE "category_id" = $1 AND "id" = ANY($2))");
    CHECK(sent_by([&] { return food.products.clear(); }) ==
          R"(UPDATE "shop_product" SET "category_id" = NULL WHERE "category_id" = $1)");
    CHECK(sent_by([&] { return food.products.set(apple); }) ==
          R"(WITH removed AS (UPDATE "shop_product" SET "category_id" = NULL WHERE "category_id" = $1 AND )"
          R"("id" <> ALL($2) RETURNING 1), added AS (UPDATE "shop_product" SET "category_id" = $1 WHERE )"
          R"("id" = ANY($2) AND "category_id" IS DISTINCT FROM $1 RETURNING 1) )"
          R"(SELECT (SELECT COUNT(*) FROM added), (SELECT COUNT(*) FROM removed))");
}

TEST_CASE_FIXTURE(one_of_each, "changes of links are one statement, whatever the table between") {
    CHECK(sent_by([&] { return apple.tags.add(hot); }) ==
          R"(INSERT INTO "shop_product_tags" ("product_id", "tag_id") SELECT $1, given.key FROM )"
          R"((SELECT DISTINCT unnest($2) AS key) AS given ON CONFLICT ("product_id", "tag_id") DO NOTHING)");
    CHECK(sent_by([&] { return apple.tags.remove(hot); }) ==
          R"(DELETE FROM "shop_product_tags" WHERE "product_id" = $1 AND "tag_id" = ANY($2))");
    CHECK(sent_by([&] { return ann.friends.add(bob); }) ==
          R"(INSERT INTO "user_friends" ("from_user_id", "to_user_id") SELECT $1, given.key FROM )"
          R"((SELECT DISTINCT unnest($2) AS key) AS given UNION SELECT given.key, $1 FROM )"
          R"((SELECT unnest($2) AS key) AS given ON CONFLICT ("from_user_id", "to_user_id") DO NOTHING)");
    CHECK(sent_by([&] { return ann.friends.clear(); }) ==
          R"(DELETE FROM "user_friends" WHERE "from_user_id" = $1 OR "to_user_id" = $1)");
    CHECK(
        sent_by([&] { return order.products.add(apple, orm::through_defaults(Line{.quantity = 2})); }) ==
        R"(INSERT INTO "line" ("order_id", "product_id", "quantity", "note") SELECT $1, given.key, $3, $4 )"
        R"(FROM (SELECT DISTINCT unnest($2) AS key) AS given WHERE NOT EXISTS (SELECT 1 FROM "line" AS link )"
        R"(WHERE link."order_id" = $1 AND link."product_id" = given.key) )"
        R"(ON CONFLICT ("order_id", "product_id") DO NOTHING)");
    CHECK(sent_by([&] { return apple.tags.create({.word = "new"}); }) ==
          R"(WITH created AS (INSERT INTO "tag" ("word", "hidden") VALUES ($1, $2) RETURNING "word"), )"
          R"(linked AS (INSERT INTO "shop_product_tags" ("product_id", "tag_id") )"
          R"(SELECT $3, created."word" FROM created) SELECT created."word" FROM created)");
}

TEST_CASE_FIXTURE(one_of_each, "loading asks for all keys at once, and for the key of each row") {
    const orm::foreign_key<User> key(ann.id);
    CHECK(sent_by([&] { return &key.load().get(); }) ==
          R"sql(SELECT "user"."id", "user"."name", "user"."id" AS "(key)" FROM "user" )sql"
          R"(WHERE "user"."id" = ANY($1))");
    CHECK(
        sent_by([&] { return &apple.tags.load().get(); }) ==
        R"sql(SELECT "tag"."word", "tag"."hidden", "shop_product_tags"."product_id" AS "(key)" FROM "tag" )sql"
        R"(INNER JOIN "shop_product_tags" ON ("tag"."word" = "shop_product_tags"."tag_id") )"
        R"(WHERE "shop_product_tags"."product_id" = ANY($1))");
}
