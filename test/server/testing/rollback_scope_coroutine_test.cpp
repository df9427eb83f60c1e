#include "../query/fixture.hpp"

#include <asynchrormous/testing/rollback_scope.hpp>

#include <stdexcept>

using namespace library;
using namespace orm::literals;
using namespace std::chrono_literals;
using test::library_fixture;
using test::strings;

namespace {

orm::task<> create(std::string name) { co_await Author::objects.async().create({.name = std::move(name)}); }

orm::task<> application() {
    co_await create("alone");
    co_await orm::atomic([]() -> orm::task<> {
        co_await create("outer");
        co_await orm::atomic([] { return create("inner"); });
        try {
            co_await orm::atomic([]() -> orm::task<> {
                co_await create("undone");
                co_await orm::execute("SELECT 1 / 0");
            });
        } catch (const orm::data_error&) {
        }
        co_await orm::sleep_for(1ms);
    });
    // Two transactions and a statement at the same time.
    co_await orm::when_all(orm::atomic([]() -> orm::task<> {
                               co_await create("a");
                               co_await orm::sleep_for(2ms);
                               co_await create("a again");
                           }),
                           orm::atomic([] { return create("b"); }), create("c"));
}

}  // namespace

TEST_CASE_FIXTURE(library_fixture, "coroutines run in a rollback_scope as they are") {
    orm::event_loop& loop = orm::event_loop::current();
    SUBCASE("opened outside of the loop") {
        const orm::testing::rollback_scope scope;
        loop.run(application());
        CHECK(Author::objects.count() == 7);
    }
    SUBCASE("opened in a coroutine") {
        loop.run([]() -> orm::task<> {
            const orm::testing::rollback_scope scope;
            co_await application();
            CHECK(co_await Author::objects.async().count() == 7);
        }());
    }
    SUBCASE("left by an abandoned coroutine") {
        const orm::testing::rollback_scope scope;
        auto leaving = orm::start(orm::atomic([]() -> orm::task<> {
            co_await create("abandoned");
            co_await orm::sleep_for(1h);
        }));
        CHECK_FALSE(leaving.wait_for(20ms));
        leaving.cancel();
        CHECK(Author::objects.count() == 0);
    }
    CHECK(Author::objects.count() == 0);
}

TEST_CASE_FIXTURE(library_fixture, "callbacks that are coroutines can be kept and awaited") {
    orm::event_loop::current().run([]() -> orm::task<> {
        const orm::testing::rollback_scope scope;
        orm::testing::captured_on_commit callbacks;
        int ran = 0;
        co_await orm::atomic([&]() -> orm::task<> {
            co_await orm::on_commit([&]() -> orm::task<> {
                co_await orm::sleep_for(1ms);
                co_await create("from the callback");
                ++ran;
            });
        });
        CHECK(callbacks.size() == 1);
        CHECK(ran == 0);
        co_await callbacks.run_async();
        CHECK(ran == 1);
        CHECK(co_await Author::objects.async().count() == 1);
    }());
}
