#include "postgres/host_walk.hpp"

#include <doctest/doctest.h>

#include <set>

namespace {

using namespace orm::postgres;

conninfo two_hosts(const char* target = "any") {
    conninfo info;
    info.hosts = {{"a.example", "", "1"}, {"b.example", "", "2"}};
    info.target_session_attrs = target;
    return info;
}

}  // namespace

TEST_CASE("every address of a host is tried before the next host") {
    host_walk walk(two_hosts(), 1);
    REQUIRE(walk.step() == walk_step::resolve);
    CHECK(walk.host().name == "a.example");
    walk.resolved({"10.0.0.1", "10.0.0.2"});
    REQUIRE(walk.step() == walk_step::attempt);
    CHECK(walk.address() == "10.0.0.1");
    walk.failed(false);
    CHECK(walk.address() == "10.0.0.2");
    walk.failed(false);
    REQUIRE(walk.step() == walk_step::resolve);
    CHECK(walk.host().name == "b.example");
    walk.not_resolved();
    CHECK(walk.step() == walk_step::give_up);
}

TEST_CASE("a refused login ends the walk, as libpq does") {
    host_walk walk(two_hosts(), 1);
    walk.resolved({"10.0.0.1", "10.0.0.2"});
    walk.failed(true);
    CHECK(walk.step() == walk_step::give_up);
}

TEST_CASE("sockets and given addresses are not looked up") {
    conninfo info;
    info.hosts = {{"/run/pg", "", "1"}, {"", "", "1"}, {"named", "10.0.0.9", "1"}};
    info.target_session_attrs = "any";
    host_walk walk(info, 1);
    REQUIRE(walk.step() == walk_step::attempt);
    CHECK(walk.address().empty());
    walk.failed(false);
    REQUIRE(walk.step() == walk_step::attempt);
    CHECK(walk.address().empty());
    walk.failed(false);
    REQUIRE(walk.step() == walk_step::attempt);
    CHECK(walk.address() == "10.0.0.9");
    CHECK(walk.host().name == "named");
}

TEST_CASE("prefer-standby asks every host for a standby first, then takes any, without a second look-up") {
    host_walk walk(two_hosts("prefer-standby"), 1);
    walk.resolved({"10.0.0.1"});
    CHECK(walk.target() == "standby");
    walk.failed(false);
    walk.not_resolved();
    REQUIRE(walk.step() == walk_step::attempt);
    CHECK(walk.target() == "any");
    CHECK(walk.address() == "10.0.0.1");
    walk.failed(false);
    CHECK(walk.step() == walk_step::give_up);
}

TEST_CASE("load_balance_hosts shuffles the hosts and loses none") {
    std::set<std::string> first;
    for (std::uint32_t seed = 1; seed < 40; ++seed) {
        conninfo info = two_hosts();
        info.shuffle_hosts = true;
        host_walk walk(info, seed * 7919);
        first.insert(walk.host().name);
        const std::string was = walk.host().name;
        walk.not_resolved();
        CHECK(walk.host().name != was);
    }
    CHECK(first.size() == 2);
}
