#include "fault/chaos_proxy.hpp"
#include "server/postgres/driver.hpp"

#include <asynchrormous/postgres/connect_error.hpp>

#include <doctest/doctest.h>

#include <vector>

using namespace test;

namespace {

std::string socket_of_server() {
    return sql_value("SHOW unix_socket_directories") + "/.s.PGSQL." + sql_value("SHOW port");
}

struct rig {
    std::string url() const {
        return "host=127.0.0.1 sslmode=disable dbname=postgres user=" + sql_value("SELECT current_user") +
               " port=" + std::to_string(proxy.port()) + " options='-c search_path=" + schema.name() + "'";
    }
    fresh_schema schema{};
    chaos_proxy proxy{socket_of_server()};
};

// What the caller may believe after an error.
enum class fate { done, not_done, unknown };

fate fate_of(const answer& what) {
    try {
        what.get();
        return fate::done;
    } catch (const orm::connection_lost& lost) {
        return lost.outcome() == orm::outcome::may_have_run ? fate::unknown : fate::not_done;
    } catch (const orm::error&) {
        return fate::not_done;
    }
}

}  // namespace

TEST_CASE("cut after every so many bytes from the server, each write gets one answer, and a true one") {
    rig here;
    exec_sql("CREATE TABLE " + here.schema.name() + ".t (n int)");
    int number = 0;
    for (long bytes = 300; bytes < 1100; bytes += 11) {
        here.proxy.bytes_to_client = chaos_proxy::unlimited;
        own_database own(here.url(), {.max_connections = 1, .acquire_timeout = 300ms, .close_timeout = 1s});
        here.proxy.bytes_to_client = bytes;
        here.proxy.cut_all();
        CHECK(eventually(own.db.loop(), [&] { return own.db.statistics().lost > 0; }));
        std::vector<std::pair<int, answer>> sent;
        for (int i = 0; i < 4; ++i, ++number) {
            sent.emplace_back(number, write(own.db, "INSERT INTO t VALUES (" + std::to_string(number) + ")"));
        }
        for (const auto& [n, one] : sent) REQUIRE(one.wait_for(10s));
        here.proxy.cut_all();
        for (const auto& [n, one] : sent) {
            const bool there = sql_value("SELECT count(*) FROM " + here.schema.name() +
                                         ".t WHERE n = " + std::to_string(n)) == "1";
            const fate told = fate_of(one);
            if (told == fate::done) CHECK(there);
            if (told == fate::not_done) CHECK_FALSE(there);
        }
    }
    CHECK(sql_value("SELECT count(*) FROM (SELECT n FROM " + here.schema.name() +
                    ".t GROUP BY n HAVING count(*) > 1) twice") == "0");  // nothing was repeated
}

TEST_CASE("cut after every so many bytes to the server, a transaction is done or not, never half") {
    rig here;
    exec_sql("CREATE TABLE " + here.schema.name() + ".t (n int)");
    int number = 0;
    for (long bytes = 0; bytes < 500; bytes += 5, ++number) {
        here.proxy.bytes_to_server = chaos_proxy::unlimited;
        own_database own(here.url(), {.max_connections = 1, .acquire_timeout = 200ms, .close_timeout = 1s});
        here.proxy.bytes_to_server = 120 + bytes;
        here.proxy.cut_all();
        CHECK(eventually(own.db.loop(), [&] { return own.db.statistics().lost > 0; }));
        auto transaction = orm::transaction::begin(own.db);
        const std::string n = std::to_string(number);
        const auto first = write(*transaction, "INSERT INTO t VALUES (" + n + ")");
        const auto second = write(*transaction, "INSERT INTO t VALUES (" + n + ")");
        const bool statements_done = first.wait_for(10s) && second.wait_for(10s);
        REQUIRE(statements_done);
        const auto commit = transaction->commit();
        REQUIRE(commit.wait_for(10s));
        here.proxy.cut_all();
        const std::string rows =
            sql_value("SELECT count(*) FROM " + here.schema.name() + ".t WHERE n = " + n);
        if (error_of(commit).empty()) {
            CHECK(rows == "2");
        } else {
            CHECK((rows == "0" || rows == "2"));
        }
        static_cast<void>(error_of(first));
        static_cast<void>(error_of(second));
    }
}

TEST_CASE("a BEGIN that fails takes its transaction along: nothing commits by itself") {
    rig here;
    exec_sql("CREATE TABLE " + here.schema.name() + ".t (n int)");
    own_database own(here.url(), {.max_connections = 1});
    here.proxy.rewrite(std::string("BEGIN\0", 6), std::string("BEGUN\0", 6));
    auto transaction = orm::transaction::begin(own.db);
    const auto first = write(*transaction, "INSERT INTO t VALUES (1)");
    own.db.loop().post([] {});
    const auto second = write(*transaction, "INSERT INTO t VALUES (2)");
    CHECK(error_of(first) != "");
    CHECK(error_of(second) != "");
    CHECK(error_of(write(*transaction, "INSERT INTO t VALUES (3)")) != "");
    CHECK(error_of(transaction->commit()) != "");
    CHECK(sql_value("SELECT count(*) FROM " + here.schema.name() + ".t") == "0");
    here.proxy.rewrite("", "");
    CHECK(read(own.db, "SELECT 'alive'").get() == "alive");
}

TEST_CASE("a server that falls silent stalls its callers, not the loop, and close() gets through") {
    rig here;
    own_database own(here.url(), {.max_connections = 1, .close_timeout = 200ms});
    read(own.db, "SELECT 1").wait();
    here.proxy.stalled = true;
    const auto stuck = read(own.db, "SELECT 1");
    CHECK_FALSE(stuck.wait_for(100ms));
    SUBCASE("cancelling frees the caller at once") {
        stuck.cancel();
        CHECK(stuck.ready());
    }
    SUBCASE("closing cuts it off") {}
    own.db.close().get();
    CHECK(stuck.ready());
    here.proxy.stalled = false;
    static_cast<void>(error_of(stuck));
}

TEST_CASE("while a proxy refuses, the pool tries again in growing intervals and comes back") {
    rig here;
    own_database own(here.url(), {.max_connections = 2, .acquire_timeout = 10s});
    here.proxy.refusing = true;
    here.proxy.cut_all();
    CHECK(eventually(own.db.loop(), [&] { return own.db.statistics().connect_failures >= 3; }));
    CHECK(own.db.statistics().connect_failures < 20);
    const auto waiting = read(own.db, "SELECT 'back'");
    here.proxy.refusing = false;
    CHECK(waiting.get() == "back");
}
