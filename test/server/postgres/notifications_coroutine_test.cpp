#include "server/support.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/notify.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <vector>

using namespace test;
using namespace std::chrono_literals;

namespace {

orm::task<std::vector<std::string>> read(orm::notifications& from) {
    std::vector<std::string> payloads;
    while (auto told = co_await from.next()) payloads.push_back(told->payload);
    co_return payloads;
}

orm::task<> notify_and_close(orm::notifications& heard) {
    co_await orm::atomic([]() -> orm::task<> {
        co_await orm::notify("jobs", "1");
        co_await orm::on_commit([]() -> orm::task<> { co_await orm::notify("jobs", "after the commit"); });
    });
    co_await orm::notify("jobs", "2");
    co_await orm::sleep_for(20ms);  // a test of what arrives, not of when
    heard.close();
}

}  // namespace

TEST_CASE("coroutines read notifications until they are closed") {
    const orm::database db = orm::connect(database_url());
    db.make_current();
    const auto all = [&]() -> orm::task<std::vector<std::string>> {
        orm::notifications heard = co_await orm::listen("jobs");
        auto [payloads, nothing] = co_await orm::when_all(read(heard), notify_and_close(heard));
        co_return payloads;
    };
    CHECK(orm::event_loop::current().run(all()) == std::vector<std::string>{"1", "after the commit", "2"});
    db.close().get();
}

TEST_CASE("who stops waiting for a notification loses none") {
    const orm::database db = orm::connect(database_url());
    db.make_current();
    const auto twice = []() -> orm::task<std::string> {
        orm::notifications heard = co_await orm::listen("jobs");
        bool late = false;
        try {
            co_await orm::with_timeout(heard.next(), 10ms);
        } catch (const orm::timeout_error&) {
            late = true;
        }
        CHECK(late);
        co_await orm::notify("jobs", "kept");
        auto told = co_await heard.next();
        co_return told->payload;
    };
    CHECK(orm::event_loop::current().run(twice()) == "kept");
    db.close().get();
}
