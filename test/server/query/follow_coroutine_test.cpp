// Loading what keys and related members stand for, awaited.
#include "shop_fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace shop;
using namespace orm::literals;
using orm::testing::assert_num_queries;
using test::random_shop;

namespace {

template <class T>
T run(orm::task<T> what) {
    return orm::event_loop::current().run(std::move(what));
}

orm::task<std::string> buyer_of(const Order& order) {
    if (!order.buyer) co_return "";
    co_return (co_await order.buyer->load()).name;
}

}  // namespace

TEST_CASE_FIXTURE(random_shop, "a key is loaded by co_await, and followed then") {
    run([]() -> orm::task<> {
        const auto lines = co_await Line::objects.async().order_by<"id">();
        const Line& line = lines.at(0);
        Order& order = co_await line.order.load();
        CHECK(order.id == line.order.key());
        CHECK(&*line.order == &order);
        CHECK((co_await line.product.load()).id == line.product->id);
        const auto& orders_lines = co_await order.lines.load();
        CHECK_FALSE(orders_lines.empty());
        const auto tags = co_await line.product->tags.load();
        CHECK(tags.size() == static_cast<std::size_t>(co_await line.product->tags.async().count()));
    }());
}

TEST_CASE_FIXTURE(random_shop, "keys that many coroutines load in one tick are one query") {
    run([]() -> orm::task<> {
        const auto orders = co_await Order::objects.async().all();
        const auto names = co_await assert_num_queries(1, [&]() -> orm::task<std::vector<std::string>> {
            std::vector<orm::task<std::string>> all;
            for (const Order& order : orders) all.push_back(buyer_of(order));
            co_return co_await orm::when_all(std::move(all));
        });
        for (std::size_t i = 0; i < orders.size(); ++i)
            CHECK(names[i] == (orders[i].buyer ? (*orders[i].buyer)->name : ""));
        const auto [lines, same] = co_await orm::when_all(orders[0].lines.load(), orders[1].lines.load());
        CHECK(lines == &orders[0].lines.rows());
        CHECK(same->size() == orders[1].lines.size());
    }());
}

TEST_CASE_FIXTURE(random_shop, "inside the loop, reading what is not loaded says what to write") {
    run([]() -> orm::task<> {
        const auto lines = co_await Line::objects.async().all();
        CHECK_THROWS_WITH_AS(static_cast<void>(lines.at(0).order->id),
                             "this relation to Order is not loaded, and inside the event loop reading it may "
                             "not block: name it in select_related<…>() or prefetch_related<…>() of the "
                             "QuerySet, or co_await its .load() first",
                             orm::relation_not_loaded);
        const auto orders = co_await Order::objects.async().all();
        CHECK_THROWS_AS(orders.at(0).lines.size(), orm::relation_not_loaded);
    }());
}

TEST_CASE_FIXTURE(random_shop, "related members are changed and asked by co_await") {
    run([]() -> orm::task<> {
        const Product product = (co_await Product::objects.async().first()).value();
        const auto tags = product.tags.async();
        co_await tags.clear();
        CHECK(co_await tags.add("hot", "new") == 2);
        CHECK(co_await tags.count() == 2);
        const Tag made = co_await tags.create(Tag{.word = "fresh"});
        CHECK((co_await tags.filter("word"_k = made.word)).size() == 1);
        CHECK((co_await tags.set("hot")).removed == 2);
        CHECK((co_await product.tags.load()).size() == 1);
        bool refused = false;
        try {
            co_await orm::atomic([&]() -> orm::task<> {
                co_await product.tags.async().clear();
                throw std::runtime_error("no");
            });
        } catch (const std::runtime_error&) {
            refused = true;
        }
        CHECK(refused);
        CHECK(co_await tags.count() == 1);
    }());
}

TEST_CASE_FIXTURE(random_shop, "a coroutine that is given up leaves its load behind without harm") {
    const auto orders = Order::objects.filter("buyer__isnull"_k = false).rows();
    {
        auto dropped = orders[0].buyer->load();
        dropped.cancel();
        CHECK_THROWS_AS(dropped.get(), orm::operation_cancelled);
    }
    run([](const Order& order) -> orm::task<> {
        CHECK((co_await order.buyer->load()).id == order.buyer->key());
    }(orders[1]));
    CHECK((*orders[0].buyer)->id == orders[0].buyer->key());
}
