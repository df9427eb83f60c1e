#include "server/support.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/notify.hpp>

#include <doctest/doctest.h>

#include <chrono>
#include <thread>

using namespace test;
using namespace std::chrono_literals;
using orm::listen, orm::notification, orm::notify;

namespace {

struct connected {
    connected() : db(orm::connect(database_url())) { db.make_current(); }
    ~connected() { db.close().get(); }
    connected(const connected&) = delete;
    connected& operator=(const connected&) = delete;

    orm::database db;
};

std::string listeners() {
    return sql_value(
        "SELECT count(*) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> pg_backend_pid()");
}

void cut_listeners() {
    exec_sql(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%' AND pid <> "
        "pg_backend_pid()");
}

}  // namespace

TEST_CASE_FIXTURE(connected, "what others notify comes, in its order, with who sent it") {
    orm::notifications heard = listen("jobs");
    exec_sql("NOTIFY jobs, 'first'");
    exec_sql("NOTIFY elsewhere, 'not for us'");
    notify("jobs", "second").get();
    notify("jobs").get();
    const std::string sender = sql_value("SELECT pg_backend_pid()");
    const notification first = heard.next().get().value();
    CHECK(first.channel == "jobs");
    CHECK(first.payload == "first");
    CHECK(std::to_string(first.server_process) == sender);
    CHECK(!first.gap);
    CHECK(heard.next().get()->payload == "second");
    CHECK(heard.next().get()->payload.empty());
    const auto nothing = heard.next();
    CHECK(!nothing.wait_for(50ms));
}

TEST_CASE_FIXTURE(connected, "several channels with whatever names") {
    const std::string strange = "Jobs \"of\" today; DROP";
    orm::notifications heard = listen({strange, "plain"});
    notify("plain", "1").get();
    notify(strange, "2").get();
    CHECK(heard.next().get()->channel == "plain");
    CHECK(heard.next().get()->channel == strange);
}

TEST_CASE_FIXTURE(connected, "a notification is told with the commit of its transaction, or never") {
    orm::notifications heard = listen("jobs");
    const auto next = heard.next();
    CHECK_THROWS_AS(orm::atomic([] {
                        notify("jobs", "rolled back").get();
                        throw std::runtime_error("no");
                    }),
                    std::runtime_error);
    orm::atomic([&] {
        notify("jobs", "committed").get();
        CHECK(!next.wait_for(50ms));
    });
    CHECK(next.get()->payload == "committed");
}

TEST_CASE_FIXTURE(connected, "what is cancelled takes nothing") {
    orm::notifications heard = listen("jobs");
    const auto given_up = heard.next();
    CHECK(!heard.next().wait_for(1ms));  // and is dropped
    const auto waiting = heard.next();
    given_up.cancel();
    notify("jobs", "1").get();
    CHECK(waiting.get()->payload == "1");
    CHECK_THROWS_AS(given_up.get(), orm::operation_cancelled);
}

TEST_CASE_FIXTURE(connected, "a lost connection is made anew, and a gap says so") {
    orm::notifications heard = listen("jobs");
    for (int round = 0; round < 3; ++round) {
        cut_listeners();
        const notification gap = heard.next().get().value();
        CHECK(gap.gap);
        CHECK(gap.channel.empty());
        notify("jobs", "again").get();
        CHECK(heard.next().get()->payload == "again");
    }
}

TEST_CASE_FIXTURE(connected, "more than may wait is dropped for a gap") {
    orm::notifications heard = listen("jobs", {.most_waiting = 3});
    orm::atomic([] {
        for (int i = 0; i < 4; ++i) notify("jobs", std::to_string(i)).get();
    });
    notify("jobs", "last").get();
    const auto idle = orm::execute("SELECT pg_sleep(0.05)");
    idle.get();
    CHECK(heard.next().get()->gap);
    CHECK(heard.next().get()->payload == "last");
}

TEST_CASE_FIXTURE(connected, "the connection goes with the notifications") {
    REQUIRE(listeners() == "0");
    {
        orm::notifications heard = listen("jobs");
        CHECK(listeners() == "1");
        const auto waiting = heard.next();
        heard.close();
        CHECK(waiting.get() == std::nullopt);
        CHECK(heard.next().get() == std::nullopt);
    }
    static_cast<void>(listen("jobs"));
    for (int i = 0; i < 500 && listeners() != "0"; ++i) {
        orm::execute("SELECT 1").get();
        std::this_thread::sleep_for(10ms);
    }
    CHECK(listeners() == "0");
}

TEST_CASE_FIXTURE(connected,
                  "names and payloads that PostgreSQL does not take are refused before anything is sent") {
    CHECK_THROWS_AS(static_cast<void>(listen("")), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(listen(std::string(64, 'x'))), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(listen(std::vector<std::string>())), orm::query_error);
    CHECK_THROWS_AS(static_cast<void>(notify("")), orm::query_error);
    CHECK_THROWS_WITH_AS(static_cast<void>(notify("jobs", std::string(8000, 'x'))),
                         doctest::Contains("has 8000 bytes"), orm::query_error);
    CHECK_NOTHROW(notify(std::string(63, 'x'), std::string(7999, 'x')).get());
}

TEST_CASE_FIXTURE(connected, "behind a transaction pooler nothing can be listened for") {
    const orm::database pooled = orm::connect(database_url(), {.prepare = false});
    CHECK_THROWS_WITH_AS(static_cast<void>(listen("jobs", {.using_ = pooled})), doctest::Contains("pooler"),
                         orm::query_error);
    pooled.close().get();
}

TEST_CASE("a server that refuses to connect anew ends it") {
    orm::testing::cluster server;
    const orm::database own = orm::connect(server.url());
    orm::execute("CREATE ROLE listener LOGIN").get();
    const orm::database db = orm::connect(server.url() + "&user=listener");
    orm::notifications heard = listen("jobs", {.using_ = db});
    orm::execute("ALTER ROLE listener NOLOGIN").get();
    orm::execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'listener'").get();
    CHECK_THROWS_AS(heard.next().get(), orm::connect_error);
    CHECK_THROWS_AS(heard.next().get(), orm::connect_error);
    db.close().get();
    own.close().get();
}

TEST_CASE("a server that comes back is listened to again") {
    orm::testing::cluster server;
    const orm::database db = orm::connect(server.url());
    orm::notifications heard = listen("jobs", {.using_ = db});
    server.restart();
    CHECK(heard.next().get()->gap);
    notify("jobs", "1", db).get();
    CHECK(heard.next().get()->payload == "1");
    db.close().get();
}
