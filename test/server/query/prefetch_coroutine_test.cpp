// Related rows that are awaited.
#include "shop_fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace shop;
using namespace orm::literals;
using orm::Prefetch;
using orm::testing::captured_queries;
using test::random_shop;

TEST_CASE_FIXTURE(random_shop, "awaited rows come with all that was asked for") {
    orm::event_loop::current().run([](random_shop& shop) -> orm::task<> {
        const captured_queries sent;
        const auto query = User::objects.async().prefetch_related<"orders__lines", "profile">();
        const auto& users = co_await query;
        CHECK(sent.size() == 4);
        for (const User& user : users) {
            CHECK(user.orders.size() == shop.orders_of()(user).size());
            CHECK(user.profile.loaded());
            for (const Order& order : user.orders) CHECK(order.lines.size() == shop.lines_of()(order).size());
        }
        const auto lines = Line::objects.async().select_related<"product", "warranty">();
        for (const Line& line : co_await lines) CHECK(line.product->id == line.product.key());
        CHECK(sent.size() == 5);
        std::vector<User> own = co_await User::objects.async().all();
        co_await User::objects.async().prefetch_related_objects<"orders">(own);
        CHECK(own.at(0).orders.loaded());
        CHECK(sent.size() == 7);
    }(*this));
}

TEST_CASE_FIXTURE(random_shop, "levels of many coroutines and of one transaction do not mix") {
    orm::event_loop::current().run([](random_shop& shop) -> orm::task<> {
        const std::int64_t id = shop.rows.users.at(0).id;
        const auto before = shop.orders_of()(shop.rows.users.at(0)).size();
        co_await orm::atomic([id, before]() -> orm::task<> {
            const Order made{.buyer = id};
            co_await Order::objects.async().create(made);
            const auto rows = User::objects.async().prefetch_related<"orders__lines">();
            const auto inside = co_await rows.get("id"_k = id);
            CHECK(inside.orders.size() == before + 1);
            orm::set_rollback(true);
        });
        const auto rows = User::objects.async().prefetch_related<"orders__lines">();
        const auto outside = co_await rows.get("id"_k = id);
        CHECK(outside.orders.size() == before);
    }(*this));
}
