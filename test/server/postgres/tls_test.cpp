// TLS with a certificate made here, and SCRAM, over TCP: the one test of the driver that opens a port.
#include "driver.hpp"

#include <asynchrormous/postgres/connect_error.hpp>

#include <doctest/doctest.h>

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <vector>

using namespace test;

namespace {

int free_port() {
    const int probe = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in here{};
    here.sin_family = AF_INET;
    here.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof here;
    REQUIRE(::bind(probe, reinterpret_cast<sockaddr*>(&here), size) == 0);
    REQUIRE(::getsockname(probe, reinterpret_cast<sockaddr*>(&here), &size) == 0);
    ::close(probe);
    return ntohs(here.sin_port);
}

std::string content_of(const std::string& path) {
    std::ifstream file(path);
    return {std::istreambuf_iterator<char>(file), {}};
}

// Of the name localhost, signed by itself, so that it is its own root. It is empty where there is no openssl.
class certificate {
public:
    certificate() {
        REQUIRE(::mkdtemp(folder_.data()) != nullptr);
        const std::string command =
            "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj "
            "/CN=localhost -addext subjectAltName=DNS:localhost -keyout " +
            folder_ + "/key -out " + path() + " 2>/dev/null";
        made_ = std::system(command.c_str()) == 0;
    }
    certificate(const certificate&) = delete;
    ~certificate() { std::filesystem::remove_all(folder_); }

    bool made() const noexcept { return made_; }
    std::string path() const { return folder_ + "/certificate"; }
    std::string text() const { return content_of(path()); }
    std::string key() const { return content_of(folder_ + "/key"); }

private:
    std::string folder_ = "/tmp/asynchrormous-tls-XXXXXX";
    bool made_ = false;
};

struct secured_server {
    explicit secured_server(const certificate& own)
        : cluster({.settings = {"listen_addresses = '127.0.0.1'", "ssl = on"},
                   .files = {{"server.crt", own.text()},
                             {"server.key", own.key()},
                             {"pg_hba.conf", "local all all trust\nhostssl all all all scram-sha-256\n"}},
                   .port = port}) {
        plain_connection(cluster.url()).exec("CREATE ROLE guarded LOGIN PASSWORD 'secret'");
    }
    std::string url(const std::string& rest) const {
        return "dbname=postgres user=guarded password=secret port=" + std::to_string(port) + " " + rest;
    }

    int port = free_port();
    orm::testing::cluster cluster;
};

std::string refusal_of(const std::string& url) {
    try {
        orm::connect(url, {.connect_timeout = 5s}).get();
    } catch (const orm::connect_error& error) {
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("TLS: the server is verified by the name that was looked up, and queries go through") {
    const certificate own;
    if (!own.made()) {
        MESSAGE("left out: there is no openssl to make a certificate with");
        return;
    }
    const secured_server server(own);
    const std::string verified = "sslmode=verify-full sslrootcert=" + own.path();

    SUBCASE("large answers and full pipelines, with a cancel in between") {
        // localhost is ::1 too, where nobody listens: the next address is taken, and the name is kept.
        own_database secure(server.url("host=localhost " + verified), {.max_connections = 1});
        CHECK(read(secure.db, "SELECT ssl::text FROM pg_stat_ssl WHERE pid = pg_backend_pid()").get() ==
              "true");
        CHECK(read(secure.db, "SELECT repeat('x', 20000000)").get().size() == 20'000'000);
        std::vector<answer> answers;
        for (int i = 0; i < 400; ++i)
            answers.push_back(read(secure.db, "SELECT repeat('" + std::to_string(i % 10) + "', " +
                                                  std::to_string(i * 300) + ")"));
        for (std::size_t i = 0; i < answers.size(); ++i) {
            const std::string& got = answers[i].get();
            REQUIRE(got == std::string(i * 300, static_cast<char>('0' + i % 10)));
        }
        const std::string sent(5'000'000, 'y');
        CHECK(read(secure.db, "SELECT length('" + sent + "')::text").get() == "5000000");
        const auto slow = read(secure.db, "SELECT pg_sleep(60)::text");
        CHECK_FALSE(slow.wait_for(50ms));
        slow.cancel();
        CHECK(read(secure.db, "SELECT 'free'").get() == "free");
    }
    SUBCASE("a server without a known certificate is enough for sslmode=require alone") {
        own_database secure(server.url("host=127.0.0.1 sslmode=require"));
        CHECK(read(secure.db, "SELECT current_user::text").get() == "guarded");
        CHECK(has(refusal_of(server.url("host=localhost sslmode=verify-full sslrootcert=/nowhere")),
                  "certificate"));
    }
    SUBCASE("another name than that of the certificate is refused, whatever the address") {
        CHECK(has(refusal_of(server.url("host=127.0.0.1 " + verified)), "\"127.0.0.1\""));
        CHECK(has(refusal_of(server.url("host=elsewhere.example hostaddr=127.0.0.1 " + verified)),
                  "\"elsewhere.example\""));
    }
    SUBCASE("a login that needs TLS fails without it, and a wrong password with it") {
        CHECK(has(refusal_of(server.url("host=localhost sslmode=disable")), "pg_hba.conf"));
        const std::string wrong = refusal_of(server.url("host=localhost password=wr0ng " + verified));
        CHECK(has(wrong, "password authentication failed"));
        CHECK_FALSE(has(wrong, "wr0ng"));
    }
}
