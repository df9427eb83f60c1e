// prefetch_related(): one query for each relation, after the rows.
#include "shop_fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace shop;
using namespace orm::literals;
using orm::Prefetch;
using orm::slice;
using orm::testing::assert_num_queries;
using orm::testing::captured_queries;
using strings = std::vector<std::string>;
using test::random_shop;

namespace {

template <class Rows, class Get>
auto sorted(const Rows& rows, Get get) {
    std::vector<std::decay_t<decltype(get(*rows.begin()))>> keys;
    for (const auto& each : rows) keys.push_back(get(each));
    std::sort(keys.begin(), keys.end());
    return keys;
}
template <class Rows>
auto keys(const Rows& rows) {
    return sorted(rows, [](const auto& row) { return orm::key_of(row); });
}
template <class M>
auto keys(const test::reached<M>& rows) {
    return sorted(rows, [](const M* row) { return orm::key_of(*row); });
}

}  // namespace

TEST_CASE_FIXTURE(random_shop, "each kind of relation is fetched by one query") {
    const captured_queries sent;
    const auto users =
        User::objects.prefetch_related<"profile", "sponsored", "follows", "followers", "friends", "orders">()
            .rows();
    CHECK(sent.size() == 7);
    REQUIRE(users.size() == rows.users.size());
    for (const User& user : users) {
        CHECK(keys(user.orders) == keys(orders_of()(user)));
        CHECK(keys(user.sponsored) == keys(sponsored_by()(user)));
        CHECK(keys(user.follows) == keys(followed_by()(user)));
        CHECK(keys(user.followers) == keys(followers_of()(user)));
        CHECK(keys(user.friends) == keys(friends_of()(user)));
        CHECK(user.profile.loaded());
        CHECK(static_cast<bool>(user.profile) == !profile_of()(user).empty());
    }
    CHECK(sent.size() == 7);
    const auto tags = Tag::objects.prefetch_related<"products">().rows();
    for (const Tag& tag : tags) CHECK(keys(tag.products) == keys(tagged()(tag)));
    CHECK(sent.size() == 9);
}

TEST_CASE_FIXTURE(random_shop, "levels follow each other, and what paths share is fetched once") {
    const captured_queries sent;
    const auto users = User::objects
                           .prefetch_related<"orders__lines__product__tags", "orders__lines__warranty",
                                             "orders__lines", "orders">()
                           .rows();
    CHECK(sent.size() == 6);
    for (const User& user : users)
        for (const Order& order : user.orders) {
            CHECK(keys(order.lines) == keys(lines_of()(order)));
            for (const Line& line : order.lines) {
                CHECK(line.product->id == line.product.key());
                CHECK(keys(line.product->tags) == keys(tags_of()(*line.product)));
                CHECK(static_cast<bool>(line.warranty) == !warranty_of()(line).empty());
            }
        }
    CHECK(sent.size() == 6);
}

TEST_CASE_FIXTURE(random_shop, "keys are fetched once each and shared, NULLs stay what they are") {
    const captured_queries sent;
    const auto orders = Order::objects.prefetch_related<"buyer__orders">().rows();
    CHECK(sent.size() == 3);
    for (const Order& order : orders)
        if (order.buyer) {
            CHECK((*order.buyer)->id == order.buyer->key());
            CHECK(keys((*order.buyer)->orders) == keys(orders_of()(**order.buyer)));
            for (const Order& other : orders)
                if (other.buyer == order.buyer) CHECK(&**other.buyer == &**order.buyer);
        }
    CHECK(sent.size() == 3);
}

TEST_CASE_FIXTURE(random_shop, "nothing is asked for where there is nothing to start from") {
    assert_num_queries(1, [] {
        CHECK(User::objects.filter("id"_k = 0).prefetch_related<"orders__lines">().rows().empty());
    });
    assert_num_queries(0, [] { CHECK(User::objects.none().prefetch_related<"orders">().rows().empty()); });
    const User alone = User::objects.create({.name = "alone"});
    assert_num_queries(2, [&] {
        const auto found = User::objects.prefetch_related<"orders__lines">().get("id"_k = alone.id);
        CHECK(found.orders.loaded());
        CHECK(found.orders.empty());
    });
}

TEST_CASE_FIXTURE(random_shop, "trees are fetched so deep as they are named") {
    const captured_queries sent;
    const auto roots =
        Category::objects.filter("parent__isnull"_k = true).prefetch_related<"children__children">().rows();
    CHECK(sent.size() <= 3);
    for (const Category& root : roots) {
        CHECK(keys(root.children) == keys(children_of()(root)));
        for (const Category& child : root.children) {
            CHECK(keys(child.children) == keys(children_of()(child)));
            for (const Category& deepest : child.children) CHECK_FALSE(deepest.children.loaded());
        }
    }
}

TEST_CASE_FIXTURE(random_shop, "a Prefetch has conditions, an order and relations of its own") {
    const captured_queries sent;
    const auto users =
        User::objects
            .prefetch_related<"follows">(Prefetch<"orders">(Order::objects.filter("paid"_k = true)
                                                                .order_by<"-id">()
                                                                .prefetch_related<"lines__product">()
                                                                .select_related<"buyer">()))
            .rows();
    CHECK(sent.size() == 5);
    for (const User& user : users) {
        std::vector<std::int64_t> paid;
        for (const Order* each : orders_of()(user))
            if (each->paid) paid.insert(paid.begin(), each->id);
        std::vector<std::int64_t> found;
        for (const Order& order : user.orders) {
            found.push_back(order.id);
            CHECK((*order.buyer)->name == user.name);
            CHECK(keys(order.lines) == keys(lines_of()(order)));
            for (const Line& line : order.lines) CHECK(line.product.loaded());
        }
        CHECK(found == paid);
        CHECK(user.follows.loaded());
    }
    CHECK(sent.size() == 5);
}

TEST_CASE_FIXTURE(random_shop, "a sliced Prefetch takes its slice of each parent's rows") {
    const auto first_two = User::objects.order_by<"id">().prefetch_related(
        Prefetch<"orders">(Order::objects.order_by<"-id">()[slice(0, 2)]));
    for (const User& user : first_two) {
        std::vector<std::int64_t> last;
        for (const Order* each : orders_of()(user)) last.insert(last.begin(), each->id);
        if (last.size() > 2) last.resize(2);
        std::vector<std::int64_t> found;
        for (const Order& order : user.orders) found.push_back(order.id);
        CHECK(found == last);
    }
    const auto second =
        Tag::objects.prefetch_related(Prefetch<"products">(Product::objects.order_by<"id">()[slice(1, 2)]));
    for (const Tag& tag : second) {
        const auto all = keys(tagged()(tag));
        REQUIRE(tag.products.size() == (all.size() > 1 ? 1 : 0));
        if (all.size() > 1) CHECK(tag.products[0].id == all[1]);
    }
}

TEST_CASE_FIXTURE(random_shop, "what select_related filled is a way to further relations without a query") {
    const captured_queries sent;
    const auto lines =
        Line::objects.select_related<"order">().prefetch_related<"order__lines", "product">().rows();
    CHECK(sent.size() == 3);
    for (const Line& line : lines) CHECK(keys(line.order->lines) == keys(lines_of()(*line.order)));
    CHECK(sent.size() == 3);
}

TEST_CASE_FIXTURE(random_shop, "prefetch_related_objects loads for rows that are there, what is missing") {
    std::vector<User> users = User::objects.all().rows();
    assert_num_queries(2, [&] { User::objects.prefetch_related_objects<"orders__lines">(users); });
    assert_num_queries(0, [&] { User::objects.prefetch_related_objects<"orders__lines">(users); });
    assert_num_queries(1, [&] { User::objects.prefetch_related_objects<"orders__products">(users); });
    assert_num_queries(1, [&] {
        User::objects.async().prefetch_related_objects(users, Prefetch<"follows">(User::objects.all())).get();
    });
    assert_num_queries(0, [&] { User::objects.prefetch_related_objects<"orders">(std::vector<User>{}); });
    for (const User& user : users) {
        CHECK(keys(user.orders) == keys(orders_of()(user)));
        CHECK(keys(user.follows) == keys(followed_by()(user)));
    }
    users[0].orders.forget();
    assert_num_queries(1, [&] { User::objects.prefetch_related_objects<"orders">(users); });
}

TEST_CASE_FIXTURE(random_shop, "calls of prefetch_related add up, and none clears them") {
    const auto both = User::objects.prefetch_related<"orders">().prefetch_related<"follows">();
    assert_num_queries(3, [&] { static_cast<void>(both.all().rows()); });
    assert_num_queries(1, [&] { static_cast<void>(both.prefetch_related<>().rows()); });
    assert_num_queries(1, [&] { CHECK(both.count() == 6); });
    assert_num_queries(3, [&] { CHECK(both.first()->orders.loaded()); });
    assert_num_queries(3, [&] { CHECK(both.order_by<"id">()[2].follows.loaded()); });
    assert_num_queries(1, [&] { CHECK(both.values_list<"name">().rows().size() == 6); });
    CHECK_THROWS_AS(static_cast<void>(User::objects.prefetch_related(Prefetch<"orders">(Order::objects.all()))
                                          .prefetch_related(Prefetch<"orders">(Order::objects.all()))),
                    orm::query_error);
}

TEST_CASE_FIXTURE(random_shop, "the queries run in the transaction of the rows, and in their database") {
    orm::atomic([&] {
        const Order made = Order::objects.create({.buyer = rows.users[0]});
        const auto found = User::objects.prefetch_related<"orders">().get("id"_k = rows.users[0].id);
        CHECK(found.orders.size() == orders_of()(rows.users[0]).size() + 1);
        CHECK(made.id != 0);
        const auto lazy = User::objects.async().prefetch_related<"orders__lines">().start();
        CHECK(lazy.rows().size() == 6);
    });
    orm::database other = orm::connect(test::database_url());
    other.make_current();
    const auto users = User::objects.using_(db()).prefetch_related<"orders__lines">().rows();
    CHECK(users.at(0).orders.loaded());
    CHECK_THROWS_AS(static_cast<void>(User::objects.prefetch_related<"orders">().rows()),
                    orm::programming_error);
    db().make_current();
    other.close().get();
}

TEST_CASE_FIXTURE(random_shop, "an error in a level is the error of the rows, and names the level") {
    plain().exec("DROP TABLE \"line\" CASCADE");
    const auto users = User::objects.prefetch_related<"follows", "orders__lines">();
    try {
        static_cast<void>(users.rows());
        FAIL("it did not throw");
    } catch (const orm::programming_error& e) {
        CHECK(std::string(e.what()).find("prefetch_related: orders__lines") != std::string::npos);
        CHECK(e.sqlstate() == "42P01");
    }
    CHECK(User::objects.prefetch_related<"orders">().rows().size() == 6);
}

TEST_CASE_FIXTURE(random_shop, "rows are given up while their relations are on the way") {
    for (int i = 0; i < 20; ++i) {
        const auto given_up = User::objects.async().prefetch_related<"orders__lines__product">().start();
        static_cast<void>(User::objects.count());
    }
    auto cancelled = User::objects.async().prefetch_related<"orders__lines">().first();
    cancelled.cancel();
    CHECK_THROWS_AS(static_cast<void>(cancelled.get()), orm::operation_cancelled);
    CHECK(User::objects.prefetch_related<"orders__lines">().rows().size() == 6);
}

TEST_CASE_FIXTURE(test::shop_fixture, "so many keys as there are travel in one parameter") {
    plain().exec(
        "INSERT INTO \"user\" (name) SELECT 'u' || i FROM generate_series(1, 70000) i;"
        "INSERT INTO \"order\" (buyer_id, paid) SELECT id, true FROM \"user\"");
    assert_num_queries(2, [] {
        const auto users = User::objects.prefetch_related<"orders">().rows();
        CHECK(users.size() == 70000);
        bool all = true;
        for (const User& user : users)
            all = all && user.orders.size() == 1 && user.orders[0].buyer->key() == user.id;
        CHECK(all);
    });
}
