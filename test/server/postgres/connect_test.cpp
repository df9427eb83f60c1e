#include "driver.hpp"

#include <asynchrormous/postgres/connect_error.hpp>
#include <asynchrormous/postgres/hooks.hpp>

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <optional>
#include <thread>

using namespace test;

namespace {

template <class Work>
void on_a_fresh_thread(Work work) {
    std::thread([&] {
        orm::event_loop loop;
        work(loop);
        loop.shutdown();
    }).join();
}

std::string with_option(const std::string& url, const std::string& option) {
    return url + (has(url, "?") ? "&" : "?") + option;
}

std::optional<orm::connect_error> refusal_of(const std::string& url,
                                             const orm::connect_options& options = {}) {
    try {
        orm::connect(url, options).get();
    } catch (const orm::connect_error& error) {
        return error;
    }
    return std::nullopt;
}

class temporary_file {
public:
    explicit temporary_file(const std::string& content) {
        const int file = ::mkstemp(path_.data());
        REQUIRE(::write(file, content.data(), content.size()) == static_cast<ssize_t>(content.size()));
        ::close(file);
    }
    temporary_file(const temporary_file&) = delete;
    ~temporary_file() { ::unlink(path_.c_str()); }
    const std::string& path() const noexcept { return path_; }

private:
    std::string path_ = "/tmp/asynchrormous-test-XXXXXX";
};

struct variable {
    variable(const char* of, const std::string& value) : name(of) { ::setenv(name, value.c_str(), 1); }
    variable(const variable&) = delete;
    ~variable() { ::unsetenv(name); }
    const char* name;
};

// Takes connections and never says a word.
class silent_server {
public:
    silent_server() : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
        sockaddr_in here{};
        here.sin_family = AF_INET;
        here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof here;
        REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&here), size) == 0);
        REQUIRE(::listen(socket_, 8) == 0);
        REQUIRE(::getsockname(socket_, reinterpret_cast<sockaddr*>(&here), &size) == 0);
        port_ = ntohs(here.sin_port);
    }
    silent_server(const silent_server&) = delete;
    ~silent_server() { ::close(socket_); }
    int port() const noexcept { return port_; }

private:
    int socket_;
    int port_ = 0;
};

}  // namespace

TEST_CASE("the first database of a thread is its default, others have aliases") {
    on_a_fresh_thread([](orm::event_loop&) {
        CHECK_THROWS_AS(orm::database::named("replica"), orm::connect_error);
        orm::database main = orm::connect(database_url());
        orm::database replica = orm::connect(database_url(), {.alias = "replica"});
        CHECK(&orm::database::current().executor() == &main.executor());
        CHECK(&orm::database::named("replica").executor() == &replica.executor());
        replica.make_current();
        CHECK(&orm::database::current().executor() == &replica.executor());
        replica.close().get();
        CHECK_THROWS_AS(orm::database::named("replica"), orm::connect_error);
    });
}

TEST_CASE("without a database, DATABASE_URL is taken, else the error says how to connect") {
    const char* const before = std::getenv("DATABASE_URL");
    const std::string kept = before ? before : "";
    ::unsetenv("DATABASE_URL");
    on_a_fresh_thread([](orm::event_loop&) {
        try {
            orm::database::current();
            FAIL("there is no database");
        } catch (const orm::connect_error& error) {
            CHECK(has(error.what(), "orm::connect("));
        }
        ::setenv("DATABASE_URL", database_url().c_str(), 1);
        CHECK(read(orm::database::current(), "SELECT 'found'").get() == "found");
        ::unsetenv("DATABASE_URL");
    });
    if (before) ::setenv("DATABASE_URL", kept.c_str(), 1);
}

TEST_CASE("a dead host is passed over, refused or silent") {
    const silent_server silent;
    const std::string name = sql_value("SHOW unix_socket_directories");
    const std::string port = sql_value("SHOW port");
    const std::string user = sql_value("SELECT current_user");
    const std::string rest = " user=" + user + " dbname=postgres connect_timeout=0";
    SUBCASE("refused") {
        own_database own("host=127.0.0.1," + name + " port=1," + port + rest);
        CHECK(read(own.db, "SELECT 'there'").get() == "there");
    }
    SUBCASE("a directory without a socket") {
        own_database own("host=/nowhere," + name + " port=" + port + rest);
        CHECK(read(own.db, "SELECT 'there'").get() == "there");
    }
    SUBCASE("silent, each address with its own timeout") {
        own_database own(
            "host=127.0.0.1," + name + " port=" + std::to_string(silent.port()) + "," + port + rest,
            {.connect_timeout = 100ms});
        CHECK(read(own.db, "SELECT 'there'").get() == "there");
    }
    SUBCASE("all of them silent") {
        const std::string dead = "host=127.0.0.1 port=" + std::to_string(silent.port()) + rest;
        CHECK_THROWS_AS(orm::connect(dead, {.connect_timeout = 100ms}).get(), orm::timeout_error);
    }
}

TEST_CASE("a name that does not resolve is an error with that name") {
    const auto error = refusal_of("host=nosuch.invalid user=u dbname=d");
    REQUIRE(error);
    CHECK(has(error->what(), "nosuch.invalid"));
    CHECK_FALSE(error->permanent());
}

TEST_CASE("target_session_attrs chooses among hosts, prefer-standby in two passes") {
    const auto error = refusal_of(with_option(database_url(), "target_session_attrs=standby"));
    REQUIRE(error);
    CHECK(has(error->what(), "standby"));
    own_database preferred(with_option(database_url(), "target_session_attrs=prefer-standby"));
    CHECK(read(preferred.db, "SELECT 'any'").get() == "any");
    own_database primary(with_option(database_url(), "target_session_attrs=read-write"));
    CHECK(read(primary.db, "SELECT 'primary'").get() == "primary");
}

TEST_CASE("a database that does not exist is a permanent error with its SQLSTATE") {
    const auto error =
        refusal_of("host=" + sql_value("SHOW unix_socket_directories") + " port=" + sql_value("SHOW port") +
                   " user=" + sql_value("SELECT current_user") + " dbname=nowhere");
    REQUIRE(error);
    CHECK(error->sqlstate() == "3D000");
    CHECK(error->permanent());
    CHECK(has(error->what(), "\"nowhere\" does not exist"));
}

TEST_CASE("a wrong password fails at once, and no message shows it") {
    const orm::testing::cluster cluster(
        {.files = {{"pg_hba.conf", "local all guarded scram-sha-256\nlocal all all trust\n"}}});
    {
        plain_connection admin(cluster.url());
        admin.exec("CREATE ROLE guarded LOGIN PASSWORD 'right one'");
    }
    const std::string base = "host=" + plain_connection(cluster.url()).value("SHOW unix_socket_directories") +
                             " port=" + plain_connection(cluster.url()).value("SHOW port") +
                             " dbname=postgres user=guarded passfile=/nowhere";
    own_database good(base + " password='right one'");
    CHECK(read(good.db, "SELECT current_user::text").get() == "guarded");
    const auto wrong = refusal_of(base + " password=wr0ng");
    REQUIRE(wrong);
    CHECK(wrong->sqlstate() == "28P01");
    CHECK(wrong->permanent());
    CHECK_FALSE(has(wrong->what(), "wr0ng"));
    const auto none = refusal_of(base);
    REQUIRE(none);
    CHECK(none->permanent());

    // A role that loses its login while the pool stands: who waits does not wait in vain.
    {
        plain_connection admin(cluster.url());
        admin.exec("ALTER ROLE guarded PASSWORD 'another'");
        admin.exec("SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE usename = 'guarded'");
    }
    CHECK(eventually(good.db.loop(), [&] { return good.db.statistics().connect_failures > 0; }));
    CHECK(has(error_of(read(good.db, "SELECT 1")), "password authentication failed"));
}

TEST_CASE("PG* variables, a service file and a passfile are read as libpq reads them") {
    const orm::testing::cluster cluster(
        {.files = {{"pg_hba.conf", "local all guarded scram-sha-256\nlocal all all trust\n"}}});
    plain_connection admin(cluster.url());
    admin.exec("CREATE ROLE guarded LOGIN PASSWORD 'pass:word'");
    const std::string host = admin.value("SHOW unix_socket_directories");
    const temporary_file passes("*:*:*:guarded:pass\\:word\n");
    const temporary_file services("[books]\nhost=" + host + "\nport=5432\nuser=guarded\ndbname=postgres\n");
    SUBCASE("variables and passfile") {
        const variable where("PGHOST", host), port("PGPORT", "5432"), user("PGUSER", "guarded"),
            name("PGDATABASE", "postgres"), pass("PGPASSFILE", passes.path());
        own_database own("");
        CHECK(read(own.db, "SELECT current_user::text").get() == "guarded");
    }
    SUBCASE("service, whose password is a variable") {
        const variable file("PGSERVICEFILE", services.path()), pass("PGPASSWORD", "pass:word");
        own_database own("service=books");
        CHECK(read(own.db, "SELECT current_user::text").get() == "guarded");
    }
}

TEST_CASE("a malformed connection string fails through the lazy") {
    const auto connecting = orm::connect("host=a nonsense=1");
    CHECK(connecting.ready());
    CHECK_THROWS_AS(connecting.get(), orm::connect_error);
    CHECK_THROWS_AS(orm::connect(std::string("host=a\0b", 8)).get(), orm::connect_error);
}

TEST_CASE("a connection attempt that nobody wants any more is given up with its loop") {
    on_a_fresh_thread([](orm::event_loop& loop) {
        const silent_server silent;
        const auto connecting =
            orm::connect("host=127.0.0.1 user=u dbname=d port=" + std::to_string(silent.port()));
        CHECK_FALSE(connecting.wait_for(50ms));
        loop.shutdown();
        CHECK_THROWS_AS(connecting.get(), orm::loop_closed);
    });
}

namespace {
int notices_seen = 0;
std::string last_notice;
}  // namespace

TEST_CASE("notices go to the hook") {
    own_database own;
    const auto before = orm::set_notice_hook([](const orm::notice& what) noexcept {
        ++notices_seen;
        last_notice = what.severity + " " + what.message;
    });
    write(own.db, "DO $$ BEGIN RAISE NOTICE 'hello'; END $$").wait();
    CHECK(eventually(own.db.loop(), [] { return notices_seen > 0; }));
    CHECK(last_notice == "NOTICE hello");
    orm::set_notice_hook(before);
}
