#include "postgres/pool_policy.hpp"

#include <doctest/doctest.h>

#include <vector>

namespace {

using namespace std::chrono_literals;
using policy = orm::postgres::pool_policy;
using step = policy::step;

constexpr policy::time_point start{};

// Plays the driver: performs each action, time standing still unless the test moves it.
struct script {
    explicit script(int most = 2)
        : pool({.max_connections = most, .max_connecting = 2, .max_in_flight = 3}) {}

    policy::action next() { return pool.next(now); }

    policy::slot& open() {
        auto& fresh = *slots.emplace_back(new policy::slot);
        pool.connected(fresh);
        return fresh;
    }
    policy::slot& grow() {
        REQUIRE(next().step == step::connect);
        return open();
    }
    policy::waiter& wait(policy::use kind, std::chrono::milliseconds patience = 1000ms) {
        auto& who = *waiters.emplace_back(new policy::waiter);
        who.kind = kind;
        who.deadline = now + patience;
        pool.enqueue(who);
        return who;
    }
    void settle() {
        while (next().step != step::none) continue;
    }
    ~script() {
        for (auto* one : slots) delete one;
        for (auto* one : waiters) delete one;
    }

    policy pool;
    policy::time_point now = start;
    std::vector<policy::slot*> slots{};
    std::vector<policy::waiter*> waiters{};
};

}  // namespace

TEST_CASE("a pool makes one connection before anybody asks, and no second one") {
    script s;
    CHECK(s.next().step == step::connect);
    CHECK(s.next().step == step::none);
    s.open();
    CHECK(s.next().step == step::none);
}

TEST_CASE(
    "a shared operation goes to the idle connection, then behind the least busy one while the pool grows") {
    script s;
    auto& one = s.grow();
    CHECK(s.pool.place() == &one);
    CHECK(s.next().step == step::none);
    CHECK(s.pool.place() == &one);
    auto& two = s.grow();
    CHECK(s.pool.place() == &two);
    CHECK(s.pool.place() == &two);
    CHECK(s.next().step == step::none);  // two is the maximum
    --one.load;
    CHECK(s.pool.place() == &one);
}

TEST_CASE("a full connection takes no more, and who waits is served in the order of arrival") {
    script s(1);
    auto& one = s.grow();
    for (int i = 0; i < 3; ++i) CHECK(s.pool.place() == &one);
    CHECK(s.pool.place() == nullptr);
    auto& first = s.wait(policy::use::shared);
    auto& second = s.wait(policy::use::shared);
    CHECK(s.next().step == step::none);
    --one.load;
    CHECK(s.pool.place() == nullptr);  // nobody passes those who wait
    CHECK(s.next().to == &first);
    CHECK(s.next().step == step::none);
    --one.load;
    CHECK(s.next().to == &second);
}

TEST_CASE("a transaction gets a drained connection and keeps shared operations off it") {
    script s(1);
    auto& one = s.grow();
    REQUIRE(s.pool.place() == &one);
    auto& transaction = s.wait(policy::use::exclusive);
    CHECK(s.next().step == step::none);
    CHECK(one.state == policy::slot_state::reserved);
    CHECK(s.pool.place() == nullptr);  // or it would never drain
    auto& shared = s.wait(policy::use::shared);
    --one.load;
    const auto given = s.next();
    CHECK(given.to == &transaction);
    CHECK(given.connection == &one);
    CHECK(one.state == policy::slot_state::owned);
    CHECK(s.next().step == step::none);
    s.pool.give_back(one);
    CHECK(s.next().to == &shared);
}

TEST_CASE("a reservation ends with the waiter it was made for") {
    script s(1);
    auto& one = s.grow();
    REQUIRE(s.pool.place() == &one);
    auto& transaction = s.wait(policy::use::exclusive);
    s.settle();
    CHECK(s.pool.place() == nullptr);
    s.pool.remove(transaction);
    s.settle();
    CHECK(s.pool.place() == &one);
}

TEST_CASE("transactions are served in the order of arrival, new connections first") {
    script s(2);
    auto& one = s.grow();
    auto& first = s.wait(policy::use::exclusive);
    auto& second = s.wait(policy::use::exclusive);
    auto& third = s.wait(policy::use::exclusive);
    CHECK(s.next().to == &first);
    auto& two = s.grow();
    const auto given = s.next();
    CHECK(given.to == &second);
    CHECK(given.connection == &two);
    CHECK(s.next().step == step::none);
    s.pool.give_back(one);
    CHECK(s.next().to == &third);
}

TEST_CASE("who waits too long is told so, without disturbing the others") {
    script s(1);
    auto& one = s.grow();
    auto& owner = s.wait(policy::use::exclusive);
    CHECK(s.next().to == &owner);
    auto& patient = s.wait(policy::use::exclusive, 500ms);
    auto& hasty = s.wait(policy::use::exclusive, 100ms);
    CHECK(*s.pool.wake_time() == start + 100ms);
    s.now += 100ms;
    const auto end = s.next();
    CHECK(end.step == step::expire);
    CHECK(end.to == &hasty);
    CHECK(*s.pool.wake_time() == start + 500ms);
    s.pool.give_back(one);
    CHECK(s.next().to == &patient);
}

TEST_CASE("connecting again waits longer after each failure") {
    script s;
    auto previous = 0ms;
    for (int i = 0; i < 12; ++i) {
        REQUIRE(s.next().step == step::connect);
        s.pool.connect_failed(s.now, false);
        REQUIRE(s.next().step == step::none);
        const auto delay = std::chrono::duration_cast<std::chrono::milliseconds>(*s.pool.wake_time() - s.now);
        const auto whole = std::min<std::chrono::milliseconds>(10'000ms, 100ms * (1 << i));
        CHECK(delay >= whole / 2);
        CHECK(delay <= whole);
        CHECK(delay * 4 >= previous);
        previous = delay;
        s.now += delay;
    }
    CHECK(s.next().step == step::connect);
    s.open();
    s.pool.lost(*s.slots.back());
    CHECK(s.next().step == step::connect);  // a success ends the waiting
}

TEST_CASE("a refused login ends every wait at once and is not tried again in a hurry") {
    script s;
    s.wait(policy::use::shared, 60'000ms);
    s.wait(policy::use::exclusive, 60'000ms);
    REQUIRE(s.next().step == step::connect);
    REQUIRE(s.next().step == step::connect);
    s.pool.connect_failed(s.now, true);
    CHECK(s.next().step == step::none);  // the other attempt may yet succeed
    s.pool.connect_failed(s.now, true);
    CHECK(s.next().step == step::refuse);
    CHECK(s.next().step == step::refuse);
    CHECK(s.next().step == step::none);
    s.wait(policy::use::shared, 60'000ms);
    CHECK(s.next().step == step::refuse);
    s.now = *s.pool.wake_time();
    CHECK(s.next().step == step::connect);
}

TEST_CASE("a server that is away makes everybody wait until their own time is over") {
    script s;
    auto& who = s.wait(policy::use::shared, 50ms);
    REQUIRE(s.next().step == step::connect);
    s.pool.connect_failed(s.now, false);
    CHECK(s.next().step == step::none);
    s.now += 50ms;
    const auto end = s.next();
    CHECK(end.step == step::expire);
    CHECK(end.to == &who);
}

TEST_CASE("connections never exceed the maximum, those in the making and those that leave included") {
    script s(3);
    auto& one = s.grow();
    for (int i = 0; i < 9; ++i) s.wait(policy::use::exclusive);
    CHECK(s.next().step == step::hand_over);
    CHECK(s.next().step == step::connect);
    CHECK(s.next().step == step::connect);
    CHECK(s.next().step == step::none);
    s.pool.leave(one);
    CHECK(s.next().step == step::none);
    s.pool.lost(one);
    CHECK(s.next().step == step::none);  // two are connecting, which is the limit of that
    s.open();
    CHECK(s.next().step == step::hand_over);
    CHECK(s.next().step == step::connect);
}
