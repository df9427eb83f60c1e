// Fetch modes, rows of other databases, and the detector of queries in loops.
#include "shop_fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <algorithm>

using namespace shop;
using namespace orm::literals;
using orm::testing::assert_num_queries;
using test::random_shop;

namespace {

struct detecting {
    explicit detecting(std::size_t threshold) {
        orm::detect_n_plus_one(threshold, [this](const orm::n_plus_one& found) {
            reports.push_back(found.text());
            last = found;
            statement = found.statement;
        });
    }
    ~detecting() { orm::detect_n_plus_one(0); }

    std::vector<std::string> reports{};
    orm::n_plus_one last{};
    std::string statement{};
};

}  // namespace

TEST_CASE_FIXTURE(random_shop, "with peers, the first key that is read loads those of the whole result") {
    const auto lines = Line::objects.order_by<"id">().fetch_mode(orm::fetch::peers).rows();
    assert_num_queries(1, [&] {
        for (const Line& line : lines) CHECK(line.product->id == line.product.key());
    });
    // What was loaded has peers, too: the categories of all these products.
    assert_num_queries(1, [&] {
        for (const Line& line : lines)
            if (line.product->category) CHECK((*line.product->category)->id == line.product->category->key());
    });
}

TEST_CASE_FIXTURE(random_shop, "with peers, reverse sides of the whole result are one query") {
    const auto found = Category::objects.fetch_mode(orm::fetch::peers).rows();
    assert_num_queries(1, [&] {
        for (const Category& category : found)
            for (const Product& product : category.products) CHECK(product.category == category);
    });
    const auto counted = found.front().products.count();
    CHECK(counted == static_cast<std::int64_t>(found.front().products.size()));
    const auto products = Product::objects.fetch_mode(orm::fetch::peers).rows();
    assert_num_queries(1, [&] {
        std::size_t links = 0;
        for (const Product& product : products) links += product.tags.size();
        CHECK(links == rows.product_tags.size());
    });
    CHECK(products.front().tags.add("hot", "new", "old", "red") + products.front().tags.count() >= 4);
    CHECK(products.front().tags.size() == 4);
    const auto users = User::objects.fetch_mode(orm::fetch::peers).rows();
    assert_num_queries(2, [&] {
        for (const User& user : users)
            if (user.profile) CHECK(user.profile->user->id == user.id);
    });
}

TEST_CASE_FIXTURE(random_shop, "with raise, reading what is not loaded is an error, load() is not") {
    const Line line = *Line::objects.fetch_mode(orm::fetch::raise).first();
    CHECK_THROWS_WITH_AS(static_cast<void>(line.product->id), doctest::Contains("fetching is set to raise"),
                         orm::relation_not_loaded);
    CHECK(line.product.load()->id == line.product.key());
    CHECK(line.product->id == line.product.key());
}

TEST_CASE_FIXTURE(random_shop, "the thread has a default mode, which a QuerySet overrides") {
    CHECK(orm::set_default_fetch_mode(orm::fetch::raise) == orm::fetch::one);
    const Line raises = *Line::objects.first();
    const Line asks = *Line::objects.fetch_mode(orm::fetch::one).first();
    CHECK_THROWS_AS(static_cast<void>(raises.product->id), orm::relation_not_loaded);
    CHECK(asks.product->id == asks.product.key());
    CHECK(orm::set_default_fetch_mode(orm::fetch::one) == orm::fetch::raise);
}

TEST_CASE_FIXTURE(random_shop, "a key that is gone fails alone, and one that was changed is loaded alone") {
    plain().exec("SET session_replication_role = replica; DELETE FROM shop_product WHERE id = " +
                 std::to_string(rows.lines[0].product.key()));
    auto lines = Line::objects.fetch_mode(orm::fetch::peers).order_by<"id">().rows();
    CHECK_THROWS_AS(static_cast<void>(lines[0].product->id), orm::does_not_exist<Product>);
    for (const Line& line : lines)
        if (line.product != lines[0].product) CHECK(line.product->id == line.product.key());
    lines[1].product = rows.products[3].id;
    CHECK(lines[1].product->id == (rows.products[3].id));
}

TEST_CASE_FIXTURE(random_shop, "rows of another database load from it, and change it") {
    test::fresh_schema other;
    const orm::database there = orm::connect(other.url()).get();
    orm::atomic([] {});
    {
        there.make_current();
        orm::create_tables<User, Profile, Category, Tag, Product, Order, Line, Warranty, Claim>().get();
        const Category only = Category::objects.create({.name = "only there"});
        only.products.create({.name = "thing"});
        db().make_current();
    }
    const Product thing = Product::objects.using_(there).get();
    CHECK((*thing.category)->name == "only there");
    CHECK((*thing.category)->products.size() == 1);
    thing.tags.create({.word = "far"});
    CHECK(Tag::objects.filter("word"_k = "far").count() == 0);
    CHECK(Tag::objects.using_(there).count() == 1);
    CHECK(thing.tags.filter("word"_k = "far").exists());
    there.close().get();
}

TEST_CASE_FIXTURE(random_shop,
                  "the detector reports a query in a loop once, with the place of the QuerySet") {
    detecting watch(2);
    const auto line_of_loop = __LINE__ + 1;
    for (const Line& line : Line::objects.order_by<"id">()) CHECK(line.product->id > 0);
    REQUIRE(watch.reports.size() == 1);
    CHECK(watch.last.times == 3);
    CHECK(watch.last.where->line() == line_of_loop);
    CHECK(
        watch.reports[0].find("the same query ran 3 times for Line.product of the rows of one result, of the "
                              "QuerySet at ") == 0);
    CHECK(watch.reports[0].find("select_related<\"product\">()") != std::string::npos);
    CHECK(watch.statement.find("FROM \"shop_product\"") != std::string::npos);
}

TEST_CASE_FIXTURE(random_shop, "the detector sees managers in loops, and different statements apart") {
    detecting watch(2);
    const auto found = Category::objects.all().rows();
    REQUIRE(found.size() > 2);
    for (const Category& category : found) category.products.filter("price__gt"_k = 1).count();
    CHECK(watch.reports.size() == 1);
    for (const Category& category : found) static_cast<void>(category.products.exists());
    CHECK(watch.reports.size() == 2);
    CHECK(watch.reports[1].find("Category.products") != std::string::npos);
    found[0].children.count();
    found[1].children.count();
    CHECK(watch.reports.size() == 2);
    orm::detect_n_plus_one(0);
    for (const Category& category : found) category.children.count();
    CHECK(watch.reports.size() == 2);
}

TEST_CASE_FIXTURE(random_shop, "peers and batches are no queries in a loop") {
    detecting watch(1);
    for (const Line& line : Line::objects.fetch_mode(orm::fetch::peers)) CHECK(line.product->id > 0);
    const auto lines = Line::objects.all().rows();
    for (const Line& line : lines) static_cast<void>(line.product.load());
    CHECK(lines.back().product->id > 0);
    CHECK(watch.reports.empty());
}

TEST_CASE_FIXTURE(random_shop, "rows that were loaded ahead know whose their many_to_many is") {
    const auto lines = Line::objects.select_related<"product">().prefetch_related<"order__products">().rows();
    for (const Line& line : lines) {
        CHECK(line.product->tags.count() == static_cast<std::int64_t>(line.product->tags.size()));
        for (const Product& product : line.order->products)
            CHECK(product.tags.count() == static_cast<std::int64_t>(product.tags.size()));
    }
}

TEST_CASE_FIXTURE(random_shop, "what is loaded ahead of rows with peers is not asked for again") {
    const auto found = Category::objects.prefetch_related<"products">().fetch_mode(orm::fetch::peers).rows();
    assert_num_queries(1, [&] {
        for (const Category& category : found) {
            if (category.parent) CHECK((*category.parent)->id == category.parent->key());
            CHECK(category.products.size() < 100);
        }
    });
}
