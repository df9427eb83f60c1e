#include "driver.hpp"

#include <doctest/doctest.h>

#include <sys/wait.h>
#include <unistd.h>

#include <optional>
#include <set>
#include <thread>
#include <vector>

using namespace test;

namespace {

void kill_backend(const std::string& pid) { exec_sql("SELECT pg_terminate_backend(" + pid + ", 5000)"); }

}  // namespace

TEST_CASE("autocommit operations go out at once and spread over connections as the pool grows") {
    own_database own(database_url(), {.max_connections = 3});
    CHECK(own.db.statistics().open == 1);
    std::vector<answer> slow;
    for (int i = 0; i < 3; ++i) {
        slow.push_back(read(own.db, "SELECT pg_sleep(0.3)::text || pg_backend_pid()"));
        CHECK(own.db.statistics().in_flight == i + 1);
        if (i == 1) CHECK(eventually(own.db.loop(), [&] { return own.db.statistics().open == 2; }));
    }
    std::set<std::string> backends;
    for (const auto& one : slow) backends.insert(one.get());
    CHECK(backends.size() == 2);  // the second went behind the first, and the pool grew for the third
    for (int i = 0; i < 200; ++i) slow.push_back(read(own.db, "SELECT 'x'"));
    for (const auto& one : slow) one.wait();
    CHECK(own.db.statistics().open <= 3);
    CHECK(own.drained());
}

TEST_CASE("who waits too long for a connection is told what holds them all") {
    own_database own(database_url(), {.max_connections = 1, .acquire_timeout = 100ms});
    auto holder = orm::transaction::begin(own.db);
    read(*holder, "SELECT 1").wait();
    const auto shared = read(own.db, "SELECT 1");
    auto other = orm::transaction::begin(own.db);
    const auto owned = read(*other, "SELECT 1");
    CHECK_THROWS_AS(shared.get(), orm::timeout_error);
    CHECK_THROWS_AS(owned.get(), orm::timeout_error);
    CHECK(has(error_of(shared), "1 in transactions"));
    other->rollback().get();
    holder->rollback().get();
    CHECK(read(own.db, "SELECT 'free'").get() == "free");
}

TEST_CASE("connections are handed over in the order of asking") {
    own_database own(database_url(), {.max_connections = 1});
    auto first = orm::transaction::begin(own.db);
    read(*first, "SELECT 1").wait();
    auto second = orm::transaction::begin(own.db);
    const auto in_second = read(*second, "SELECT 'second'");
    const auto shared = read(own.db, "SELECT 'shared'");
    auto third = orm::transaction::begin(own.db);
    const auto in_third = read(*third, "SELECT 'third'");
    first->commit().get();
    CHECK(in_second.get() == "second");
    CHECK_FALSE(shared.ready());
    second->commit().get();
    CHECK(shared.get() == "shared");
    CHECK(in_third.get() == "third");
    third->commit().get();
}

TEST_CASE("raw SQL has its connection to itself and leaves no traces in the session") {
    own_database own(database_url(), {.max_connections = 1});
    CHECK(raw(own.db, "SET application_name = 'left behind'").get() == "SET");
    CHECK(read(own.db, "SHOW application_name").get() == "asynchrormous");
    const auto begin = raw(own.db, "BEGIN");
    const auto stranger = write(own.db, "SELECT pg_current_xact_id()::text");
    CHECK(begin.get() == "BEGIN");
    stranger.wait();
    CHECK(read(own.db, "SELECT (pg_current_xact_id_if_assigned() IS NULL)::text").get() == "true");
    CHECK(eventually(own.db.loop(), [&] { return own.drained(); }));
}

TEST_CASE("an idle connection that the server ends is replaced without a word") {
    own_database own(database_url(), {.max_connections = 1});
    const std::string pid = read(own.db, "SELECT pg_backend_pid()::text").get();
    kill_backend(pid);
    CHECK(eventually(own.db.loop(), [&] { return own.db.statistics().lost == 1; }));
    CHECK(read(own.db, "SELECT pg_backend_pid()::text").get() != pid);
}

TEST_CASE("an idle connection that ended while nobody ran the loop is noticed before it is used") {
    own_database own(database_url(), {.max_connections = 1});
    const std::string pid = read(own.db, "SELECT pg_backend_pid()::text").get();
    kill_backend(pid);
    std::this_thread::sleep_for(50ms);
    CHECK(read(own.db, "SELECT pg_backend_pid()::text").get() != pid);
}

TEST_CASE("a connection that dies fails the statement it ran and says whether that can have run") {
    own_database own(database_url(), {.max_connections = 1});
    const std::string pid = read(own.db, "SELECT pg_backend_pid()::text").get();
    const auto slow = read(own.db, "SELECT pg_sleep(60)::text");
    CHECK_FALSE(slow.wait_for(50ms));
    kill_backend(pid);
    CHECK_THROWS_AS(slow.get(), orm::connection_lost);
    CHECK(read(own.db, "SELECT 'alive'").get() == "alive");
}

TEST_CASE("statements that wait for a free place are not lost with somebody else's connection") {
    own_database own(database_url(), {.max_connections = 1});
    auto holder = orm::transaction::begin(own.db);
    const std::string pid = read(*holder, "SELECT pg_backend_pid()::text").get();
    const auto waiting = read(own.db, "SELECT 'served'");
    kill_backend(pid);
    CHECK(waiting.get() == "served");
    holder->rollback().get();
}

TEST_CASE("a pool outlives a restart of its server") {
    orm::testing::cluster cluster;
    own_database own(cluster.url(), {.max_connections = 2, .acquire_timeout = 10s});
    CHECK(read(own.db, "SELECT 'before'").get() == "before");
    cluster.restart();
    CHECK(read(own.db, "SELECT 'after'").get() == "after");
    cluster.crash();
    CHECK(eventually(own.db.loop(), [&] { return own.db.statistics().open == 0; }));
    const auto waiting = read(own.db, "SELECT 'waited'");
    CHECK_FALSE(waiting.wait_for(50ms));
    cluster.restart();
    CHECK(waiting.get() == "waited");
}

TEST_CASE("while the server is away, who waits is told why at his own deadline") {
    orm::testing::cluster cluster;
    own_database own(cluster.url(), {.acquire_timeout = 300ms});
    cluster.crash();
    CHECK(eventually(own.db.loop(), [&] { return own.db.statistics().open == 0; }));
    const auto waiting = read(own.db, "SELECT 1");
    CHECK_THROWS_AS(waiting.get(), orm::timeout_error);
    CHECK(has(error_of(waiting), "The last attempt to connect failed: cannot connect"));
}

TEST_CASE("cancelling frees the caller at once, and the server when it is busy with that alone") {
    own_database own(database_url(), {.max_connections = 1});
    const std::string pid = read(own.db, "SELECT pg_backend_pid()::text").get();
    const auto slow = read(own.db, "SELECT pg_sleep(60)::text");
    CHECK_FALSE(slow.wait_for(50ms));
    slow.cancel();
    CHECK(slow.ready());
    CHECK(read(own.db, "SELECT pg_backend_pid()::text").get() == pid);
    CHECK(own.db.statistics().cancels > 0);
    const auto waiting_raw = raw(own.db, "SELECT pg_sleep(60)");
    CHECK_FALSE(waiting_raw.wait_for(50ms));
    waiting_raw.cancel();
    CHECK(read(own.db, "SELECT 'free'").get() == "free");
}

TEST_CASE("a statement whose caller left before its turn is cancelled when the turn comes") {
    own_database own(database_url(), {.max_connections = 1});
    const std::string pid = read(own.db, "SELECT pg_backend_pid()::text").get();
    const auto stranger = read(own.db, "SELECT pg_sleep(0.2)::text || 'done'");
    const auto slow = write(own.db, "SELECT pg_sleep(60)::text");
    slow.cancel();
    CHECK(own.db.statistics().cancels == 0);
    CHECK(stranger.get() == "done");
    CHECK(read(own.db, "SELECT pg_backend_pid()::text").get() == pid);
    CHECK(own.db.statistics().cancels > 0);
}

TEST_CASE("a statement that runs on without its caller in front of a write gets some time, then is cut off") {
    own_database own(database_url(), {.max_connections = 1, .cancel_timeout = 300ms});
    const std::string pid = read(own.db, "SELECT pg_backend_pid()::text").get();
    SUBCASE("in time") {
        const auto abandoned = read(own.db, "SELECT pg_sleep(0.1)::text");
        const auto stranger = write(own.db, "SELECT 'written'");
        abandoned.cancel();
        const auto later = read(own.db, "SELECT pg_backend_pid()::text");
        CHECK(own.db.statistics().waiting == 1);  // nobody else is put behind it
        CHECK(stranger.get() == "written");
        CHECK(later.get() == pid);
        CHECK(own.db.statistics().lost == 0);
    }
    SUBCASE("too long") {
        const auto abandoned = read(own.db, "SELECT pg_sleep(60)::text");
        const auto stranger = write(own.db, "SELECT 'written'");
        CHECK_FALSE(stranger.wait_for(50ms));
        abandoned.cancel();
        const auto later = read(own.db, "SELECT pg_backend_pid()::text");
        CHECK(has(error_of(stranger), "a cancelled statement did not end in time"));
        CHECK(later.get() != pid);
        CHECK(eventually(own.db.loop(), [&] {  // and the server does not go on for nobody
            return sql_value("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid) == "0";
        }));
    }
    CHECK(own.db.statistics().cancels == 0);
}

TEST_CASE("an operation that was cancelled before it was sent never runs") {
    const fresh_schema schema;
    exec_sql("CREATE TABLE " + schema.name() + ".t (n int)");
    own_database own(schema.url(), {.max_connections = 1});
    auto holder = orm::transaction::begin(own.db);
    read(*holder, "SELECT 1").wait();
    const auto one = write(own.db, "INSERT INTO t VALUES (1)");
    const auto two = raw(own.db, "INSERT INTO t VALUES (2)");
    one.cancel();
    two.cancel();
    holder->commit().get();
    CHECK(read(own.db, "SELECT count(*)::text FROM t").get() == "0");
}

TEST_CASE("cancels near the end of a statement never hit a stranger") {
    own_database own(database_url(), {.max_connections = 1});
    int hit = 0;
    for (int i = 0; i < 200; ++i) {
        const auto victim = read(own.db, "SELECT pg_sleep(0.002)::text");
        victim.wait_for(2ms);
        victim.cancel();
        const auto stranger = write(own.db, "SELECT pg_sleep(0.01)::text");
        if (error_of(stranger) != "") ++hit;
    }
    CHECK(hit == 0);
    CHECK(eventually(own.db.loop(), [&] { return own.drained(); }));
}

TEST_CASE("close() lets finish what is under way, and cuts off what takes too long") {
    own_database own(database_url(), {.close_timeout = 300ms});
    SUBCASE("in time") {
        const auto running = read(own.db, "SELECT pg_sleep(0.1)::text || 'done'");
        own.db.close().get();
        CHECK(running.ready());
        CHECK(running.get() == "done");
    }
    SUBCASE("too long") {
        const auto running = read(own.db, "SELECT pg_sleep(60)::text");
        own.db.close().get();
        CHECK_THROWS_AS(running.get(), orm::connection_lost);
    }
    CHECK(has(error_of(read(own.db, "SELECT 1")), "closed"));
    CHECK(own.db.statistics().open == 0);
}

TEST_CASE("the last handle that goes closes the pool once what is under way is done") {
    own_database standard;  // or the other one would become the default, which is a handle too
    std::optional<orm::database> other(orm::connect(database_url()).get());
    const std::string pid = read(*other, "SELECT pg_backend_pid()::text").get();
    const auto running = read(*other, "SELECT pg_sleep(0.1)::text || 'done'");
    other.reset();
    CHECK(running.get() == "done");
    CHECK(eventually(standard.db.loop(), [&] {
        return sql_value("SELECT count(*) FROM pg_stat_activity WHERE pid = " + pid) == "0";
    }));
}

TEST_CASE("a loop that shuts down ends everything that waits, and nothing leaks") {
    std::vector<answer> all;
    orm::intrusive_ptr<orm::transaction> open;
    {
        std::thread([&] {
            auto inner = std::make_unique<orm::event_loop>();
            orm::database db = orm::connect(database_url(), {.max_connections = 2}).get();
            open = orm::transaction::begin(db);
            read(*open, "SELECT 1").wait();
            all.push_back(read(*open, "SELECT pg_sleep(60)::text"));
            all.push_back(read(db, "SELECT pg_sleep(60)::text"));
            all.push_back(raw(db, "SELECT pg_sleep(60)"));
            inner->shutdown();
            for (const auto& one : all) CHECK_THROWS_AS(one.get(), orm::loop_closed);
            CHECK_THROWS_AS(static_cast<void>(read(db, "SELECT 1")), orm::loop_closed);
            all.clear();
            open = nullptr;
        }).join();
    }
}

TEST_CASE("a child process never touches its parent's connections") {
    own_database own(database_url(), {.max_connections = 1});
    const std::string pid = read(own.db, "SELECT pg_backend_pid()::text").get();
    const pid_t child = ::fork();
    if (child == 0) {
        auto state = orm::make_intrusive<text_statement>(own.db.loop(), "SELECT 1",
                                                         orm::postgres::access::read, own.db.executor());
        own.db.executor().submit(*state);
        ::_exit(state->ready() && state->failed() ? 0 : 1);
    }
    int status = 0;
    ::waitpid(child, &status, 0);
    CHECK(status == 0);
    CHECK(read(own.db, "SELECT pg_backend_pid()::text").get() == pid);
}
