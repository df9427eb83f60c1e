#include "server/support.hpp"

#include <doctest/doctest.h>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>
#include <thread>
#include <utility>

namespace {

// The folder stands in the URL, percent-encoded.
std::string folder_of(const std::string& url) {
    const std::size_t begin = url.find("host=") + 5;
    std::string path = url.substr(begin, url.find('&', begin) - begin);
    for (std::size_t at = 0; (at = path.find("%2F", at)) != std::string::npos;) path.replace(at, 3, "/");
    return path;
}

bool exists(const std::string& path) {
    struct stat status{};
    return ::stat(path.c_str(), &status) == 0;
}

bool vanishes(const std::string& path) {
    for (int attempt = 0; attempt < 1000; ++attempt) {
        if (!exists(path)) return true;
        std::this_thread::sleep_for(std::chrono::milliseconds(20));
    }
    return false;
}

// Starts a cluster in a child process that ends by `how`, and returns the folder it had.
template <class F>
std::string folder_of_child(F how) {
    int ends[2];
    REQUIRE(::pipe(ends) == 0);
    const pid_t child = ::fork();
    if (child == 0) {
        const orm::testing::cluster mine;
        const std::string folder = folder_of(mine.url());
        if (::write(ends[1], folder.data(), folder.size()) < 0) ::_exit(2);
        how();
        ::_exit(0);
    }
    ::close(ends[1]);
    char text[256];
    const ssize_t size = ::read(ends[0], text, sizeof text);
    ::close(ends[0]);
    ::waitpid(child, nullptr, 0);
    REQUIRE(size > 0);
    return {text, static_cast<std::size_t>(size)};
}

}  // namespace

TEST_CASE("a private server keeps committed rows over restart and crash, and its folder goes with it") {
    orm::testing::cluster mine({.settings = {"max_connections = 7"}});
    const std::string folder = folder_of(mine.url());
    CHECK(exists(folder));
    test::plain_connection(mine.url()).exec("CREATE TABLE t (x int); INSERT INTO t VALUES (7)");
    mine.restart();
    CHECK(test::plain_connection(mine.url()).value("SELECT x FROM t") == "7");
    CHECK(test::plain_connection(mine.url()).value("SHOW max_connections") == "7");
    CHECK(test::plain_connection(mine.url()).value("SHOW listen_addresses") == "");
    mine.crash();
    CHECK_THROWS_AS(test::plain_connection(mine.url()), std::runtime_error);
    mine.restart();
    CHECK(test::plain_connection(mine.url()).value("SELECT x FROM t") == "7");
    CHECK(mine.log().find("ready to accept connections") != std::string::npos);
    orm::testing::cluster moved = std::move(mine);
    moved.stop();
    moved.stop();
    CHECK_FALSE(exists(folder));
    CHECK_THROWS_AS(moved.restart(), orm::testing::cluster_error);
}

TEST_CASE("a server that cannot start says why and leaves nothing behind") {
    try {
        orm::testing::cluster mine({.settings = {"no_such_setting = 1"}});
        FAIL("it started");
    } catch (const orm::testing::cluster_error& failure) {
        CHECK(std::string(failure.what()).find("no_such_setting") != std::string::npos);
    }
}

TEST_CASE("a program that is killed leaves neither server nor folder") {
    CHECK(vanishes(folder_of_child([] { ::raise(SIGKILL); })));
}

TEST_CASE("a program that exits without destroying its cluster leaves neither server nor folder") {
    CHECK(vanishes(folder_of_child([] {})));
}

TEST_CASE("each test case may have a schema of its own") {
    std::string name;
    {
        const test::fresh_schema schema;
        name = schema.name();
        test::plain_connection connection(schema.url());
        connection.exec("CREATE TABLE here (x int)");
        CHECK(connection.value("SELECT current_schema()") == name);
    }
    CHECK(test::sql_value("SELECT count(*) FROM pg_namespace WHERE nspname = '" + name + "'") == "0");
}
