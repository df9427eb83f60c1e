#include "postgres/conninfo.hpp"

#include <asynchrormous/postgres/connect_error.hpp>

#include <doctest/doctest.h>

using namespace orm::postgres;

namespace {

std::string message_of(std::string_view text) {
    try {
        read_conninfo(text);
    } catch (const orm::connect_error& error) {
        CHECK(error.permanent());
        return error.what();
    }
    return {};
}

}  // namespace

TEST_CASE("a URL is read as libpq reads it, escapes and several hosts included") {
    const auto info =
        read_conninfo("postgresql://bob:s%40cret@a:1,b/db?target_session_attrs=standby&connect_timeout=1");
    REQUIRE(info.hosts.size() == 2);
    CHECK(describe(info.hosts[0]) == "host \"a\", port 1");
    CHECK(describe(info.hosts[1], "10.1.1.1") == "host \"b\" (10.1.1.1), port 5432");
    CHECK(info.find("password") == "s@cret");
    CHECK(info.find("dbname") == "db");
    CHECK(info.find("sslmode") == "prefer");
    CHECK(info.find("client_encoding") == "UTF8");
    CHECK(info.find("fallback_application_name") == "asynchrormous");
    CHECK(info.target_session_attrs == "standby");
    CHECK(info.connect_timeout == std::chrono::seconds(2));  // libpq's least
}

TEST_CASE("keywords are read, and what the user says goes over our defaults but for the encoding") {
    const auto info = read_conninfo(
        "host=/run/pg sslmode=require channel_binding=require gssencmode=prefer "
        "client_encoding=latin1 password='a b\\'c'");
    CHECK(info.hosts[0].local());
    CHECK(info.find("sslmode") == "require");
    CHECK(info.find("channel_binding") == "require");
    CHECK(info.find("gssencmode") == "prefer");
    CHECK(info.find("client_encoding") == "UTF8");
    CHECK(info.find("password") == "a b'c");
}

TEST_CASE("rule 12: no start-up options of our own, which poolers refuse; the user's are kept") {
    CHECK(read_conninfo("host=a").find("options").empty());
    CHECK(read_conninfo("host=a options='-c geqo=off'").find("options") == "-c geqo=off");
}

TEST_CASE("an address needs no look-up and keeps its name for verification") {
    const auto info = read_conninfo("host=db.example hostaddr=10.0.0.1 port=7");
    CHECK_FALSE(info.hosts[0].needs_dns());
    CHECK(info.hosts[0].name == "db.example");
    CHECK(info.hosts[0].address == "10.0.0.1");
}

TEST_CASE("a malformed connection string names the mistake and never shows a password") {
    CHECK(message_of("foo=1").find("\"foo\"") != std::string::npos);
    CHECK(message_of("service=nowhere").find("nowhere") != std::string::npos);
    CHECK(message_of("host=a,b port=1,2,3").find("3 port numbers to 2 hosts") != std::string::npos);
    CHECK(message_of("host=/tmp password=top secret").find("secret") == std::string::npos);
    CHECK(message_of(std::string_view("host=a\0b", 8)).find("NUL") != std::string::npos);
}

TEST_CASE("text of a stranger is made fit for a message") {
    CHECK(quote_untrusted("wrong \x1b[2J\n pass", "pass") == "wrong  [2J  ***");
    CHECK(quote_untrusted(std::string(5000, 'x')).size() < 500);
}

TEST_CASE("share_sync is a key of the library in URLs and keyword strings, libpq reads the rest") {
    CHECK_FALSE(read_conninfo("postgresql://a/db?connect_timeout=7").share_sync);
    CHECK_FALSE(
        read_conninfo("host=a application_name='x share_sync=off' options='\\'share_sync=on'").share_sync);
    for (const char* text :
         {"postgresql://a/db?share_sync=off", "postgres://a/db?share_sync=on&share_sync=0",
          "postgresql://a/db?share_sync=no&dbname=db", "postgresql://a/db?dbname=db&share_sync=false",
          "share_sync=off host=a dbname=db", "host=a  share_sync = off\tdbname=db",
          "host=a dbname='db' share_sync=off"}) {
        const auto info = read_conninfo(text);
        CHECK_MESSAGE(info.share_sync == false, text);
        CHECK(info.hosts[0].name == "a");
        CHECK(info.find("dbname") == "db");
    }
    CHECK(read_conninfo("postgresql://a/db?share_sync=on").share_sync == true);
    CHECK(message_of("postgresql://a/db?share_sync=maybe").find("share_sync=maybe: write on or off") !=
          std::string::npos);
    CHECK_FALSE(message_of("postgresql://a/db?share_syncs=on").empty());
}
