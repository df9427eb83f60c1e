// select_related(): rows of other models in the same query.
#include "shop_fixture.hpp"

#include <asynchrormous/query/subquery.hpp>
#include <asynchrormous/testing/captured_queries.hpp>

using namespace shop;
using namespace orm::literals;
using orm::count;
using orm::testing::assert_num_queries;
using orm::testing::captured_queries;
using strings = std::vector<std::string>;
using test::random_shop;
using test::shop_fixture;

namespace {

struct two_lines : shop_fixture {
    User ann = User::objects.create({.name = "ann"});
    Category food = Category::objects.create({.name = "food"});
    Category fruit = Category::objects.create({.name = "fruit", .parent = food});
    Product apple = Product::objects.create({.name = "apple", .category = fruit});
    Product chair = Product::objects.create({.name = "chair"});
    Order bought = Order::objects.create({.buyer = ann});
    Order nobodys = Order::objects.create({});
    Line first = Line::objects.create({.order = bought, .product = apple});
    Line second = Line::objects.create({.order = bought, .product = chair});
    Line third = Line::objects.create({.order = nobodys, .product = apple});
    Warranty kept = Warranty::objects.create({.line = first, .months = 12});
    Claim broken = Claim::objects.create({.warranty = kept, .fault = "broken"});
};

template <class T>
const T* row_of(const orm::foreign_key<T>& key) {
    return key.loaded() ? &*key : nullptr;
}

}  // namespace

TEST_CASE_FIXTURE(two_lines, "select_related fills keys from the same query, also over several") {
    const captured_queries sent;
    const auto lines =
        Line::objects.select_related<"order__buyer", "product__category__parent">().order_by<"id">().rows();
    REQUIRE(lines.size() == 3);
    CHECK(lines[0].order->buyer.value()->name == "ann");
    CHECK(lines[0].product->name == "apple");
    CHECK(lines[0].product->category.value()->name == "fruit");
    CHECK(lines[0].product->category.value()->parent.value()->name == "food");
    CHECK(lines[1].product->name == "chair");
    CHECK_FALSE(lines[1].product->category);
    CHECK_FALSE(lines[2].order->buyer);
    CHECK(sent.size() == 1);
}

TEST_CASE_FIXTURE(two_lines, "rows of one result share the row that they refer to") {
    const auto lines = Line::objects.select_related<"product", "order">().order_by<"id">().rows();
    CHECK(row_of(lines[0].product) == row_of(lines[2].product));
    CHECK(row_of(lines[0].order) == row_of(lines[1].order));
    CHECK(row_of(lines[0].order) != row_of(lines[2].order));
    const auto again = Line::objects.select_related<"product">().order_by<"id">().rows();
    CHECK(row_of(lines[0].product) != row_of(again[0].product));
}

TEST_CASE_FIXTURE(two_lines, "the other side of a one_to_one is selected too, and known to be missing") {
    const captured_queries sent;
    const auto lines = Line::objects.select_related<"warranty">().order_by<"id">().rows();
    CHECK(lines[0].warranty->months == 12);
    CHECK(lines[1].warranty.loaded());
    CHECK_FALSE(lines[1].warranty);
    const auto claims = Claim::objects.select_related<"warranty__line__product">().rows();
    CHECK(claims.at(0).warranty.value()->line->product->name == "apple");
    CHECK(sent.size() == 2);
}

TEST_CASE_FIXTURE(two_lines, "calls of select_related add up, and none clears them") {
    const auto product = Line::objects.select_related<"product">();
    const auto both = product.select_related<"order">().order_by<"id">();
    CHECK(both[0].product.loaded());
    CHECK(both[0].order.loaded());
    CHECK_FALSE(product.order_by<"id">()[0].order.loaded());
    CHECK_FALSE(both.select_related<>()[0].product.loaded());
    CHECK(both.select_related<>().sql().text == Line::objects.order_by<"id">().sql().text);
}

TEST_CASE_FIXTURE(two_lines, "every method that gives rows selects them") {
    const auto lines = Line::objects.select_related<"product">().order_by<"id">();
    CHECK(lines.get("id"_k = first.id).product.loaded());
    CHECK(lines.first()->product.loaded());
    CHECK(lines.last()->product.loaded());
    CHECK(lines.earliest<"id">().product.loaded());
    CHECK(lines[1].product.loaded());
    CHECK(lines[orm::slice(1, 3)].rows().at(1).product.loaded());
    CHECK(lines.async().first().get()->product.loaded());
    CHECK(lines.count() == 3);
    CHECK(lines.exists());
    CHECK(lines.filter("id"_k = 0).rows().empty());
    CHECK(lines.none().rows().empty());
    CHECK(lines.distinct().count() == 3);
}

TEST_CASE_FIXTURE(two_lines, "annotated rows have their related rows beside the annotations") {
    const auto lines = Line::objects.annotate("twice"_k = orm::F<"quantity"> * 2)
                           .select_related<"product__category">()
                           .order_by<"id">()
                           .rows();
    CHECK(lines[0]["twice"_k] == 2);
    CHECK(lines[0].product->category.value()->name == "fruit");
    const auto orders =
        Order::objects.select_related<"buyer">().annotate("n"_k = count<"lines">).order_by<"id">().rows();
    CHECK(orders[0]["n"_k] == 2);
    CHECK(orders[0].buyer.value()->name == "ann");
    CHECK(orders[1]["n"_k] == 1);
    CHECK_FALSE(orders[1].buyer);
    CHECK(Line::objects.select_related<"product">().values_list<"quantity">().rows().size() == 3);
}

TEST_CASE_FIXTURE(two_lines, "a QuerySet with related rows is a condition like any other") {
    CHECK(
        Line::objects
            .filter("order__in"_k = Order::objects.select_related<"buyer">().filter("buyer__name"_k = "ann"))
            .count() == 2);
    CHECK_THROWS_AS(
        static_cast<void>(Line::objects.all().union_(Line::objects.all()).select_related<"order">()),
        orm::query_error);
}

TEST_CASE_FIXTURE(random_shop, "selected rows are those that the keys name") {
    const auto lines =
        Line::objects.select_related<"order__buyer__profile", "product__category", "warranty">().rows();
    CHECK(lines.size() == rows.lines.size());
    const captured_queries sent;
    for (const Line& line : lines) {
        CHECK(orm::key_of(*line.order) == line.order.key());
        CHECK(orm::key_of(*line.product) == line.product.key());
        if (line.order->buyer) CHECK(orm::key_of(**line.order->buyer) == line.order->buyer->key());
        if (line.product->category) CHECK((*line.product->category)->id == line.product->category->key());
        CHECK(static_cast<bool>(line.warranty) == (warranty_of()(line).size() == 1));
        if (line.order->buyer && (*line.order->buyer)->profile)
            CHECK((*line.order->buyer)->profile->user.key() == (*line.order->buyer)->id);
    }
    CHECK(sent.empty());
}
