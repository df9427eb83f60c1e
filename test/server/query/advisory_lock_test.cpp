#include "fixture.hpp"

#include <optional>
#include <stdexcept>

using namespace library;
using namespace std::chrono_literals;
using test::library_fixture;

namespace {

// Whether somebody else could have the lock.
bool free_for_others(const test::library_fixture& here, const std::string& key, const char* kind = "") {
    return here.plain().value("SELECT pg_try_advisory_lock" + std::string(kind) + "(" + key + ")") == "t";
}

bool owns_none(const orm::database& db) {
    for (int rounds = 0; rounds < 200 && db.statistics().owned > 0; ++rounds) orm::sleep_for(5ms).wait();
    return db.statistics().owned == 0;
}

}  // namespace

TEST_CASE_FIXTURE(library_fixture, "a lock of the session is held with a connection until it is given up") {
    {
        orm::advisory_lock lock = orm::lock_session(7);
        CHECK(lock.held());
        CHECK(db().statistics().owned == 1);
        CHECK_FALSE(free_for_others(*this, "7"));
        CHECK(free_for_others(*this, "8"));
        CHECK(Author::objects.count() == 0);  // on another connection
        CHECK_FALSE(orm::try_lock_session(7).get().has_value());
        const auto other = orm::try_lock_session({7, 8}).get();
        CHECK(other.value().held());
        CHECK_FALSE(free_for_others(*this, "7, 8"));
        lock.unlock().get();
        CHECK_FALSE(lock.held());
        CHECK(free_for_others(*this, "7"));
        lock.unlock().get();
    }
    CHECK(owns_none(db()));
    CHECK(free_for_others(*this, "7, 8"));
    CHECK(db().statistics().open <= 3);
}

TEST_CASE_FIXTURE(library_fixture, "shared locks go together, and names have a number that never changes") {
    const std::string key = std::to_string(orm::advisory_key("a").first());
    CHECK(key == "-5808556873153909620");  // FNV-1a of "a": af63dc4c8601ec8c
    const orm::advisory_lock first = orm::lock_session(orm::advisory_key("a"), {.shared = true});
    const auto second = orm::try_lock_session(orm::advisory_key("a"), {.shared = true}).get();
    CHECK(second.has_value());
    CHECK_FALSE(free_for_others(*this, key));
    CHECK(free_for_others(*this, key, "_shared"));
}

TEST_CASE_FIXTURE(library_fixture, "one who waits for a lock can leave, and takes nothing") {
    auto other = plain();
    other.exec("SELECT pg_advisory_lock(9)");
    {
        const auto waiting = orm::lock_session(9);
        CHECK_FALSE(waiting.wait_for(50ms));
        SUBCASE("by cancelling") { waiting.cancel(); }
        SUBCASE("by a timeout") {
            CHECK_THROWS_AS(orm::with_timeout(waiting, 10ms).get(), orm::timeout_error);
        }
    }
    CHECK(owns_none(db()));
    other.exec("SELECT pg_advisory_unlock(9)");
    CHECK(free_for_others(*this, "9"));
    CHECK(Author::objects.count() == 0);
}

TEST_CASE_FIXTURE(library_fixture, "a lock that nobody read is given up") {
    static_cast<void>(orm::lock_session(10));
    CHECK(owns_none(db()));
    CHECK(free_for_others(*this, "10"));
}

TEST_CASE_FIXTURE(library_fixture, "a lock goes with its connection, and says so") {
    orm::advisory_lock lock = orm::lock_session(11);
    plain().exec(
        "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objid = 11 AND "
        "granted");
    for (int rounds = 0; rounds < 200 && lock.held(); ++rounds) orm::sleep_for(5ms).wait();
    CHECK_FALSE(lock.held());
    CHECK(free_for_others(*this, "11"));
    const orm::advisory_lock again = orm::lock_session(11);
    CHECK(again.held());
}

TEST_CASE_FIXTURE(library_fixture, "a lock of the transaction ends with it, or with its savepoint") {
    orm::atomic([&] {
        orm::lock_transaction(12).get();
        CHECK(orm::try_lock_transaction({1, 2}, {.shared = true}) == true);
        CHECK_FALSE(free_for_others(*this, "12"));
        CHECK(free_for_others(*this, "1, 2", "_shared"));
        CHECK_THROWS(orm::atomic([] {
            orm::lock_transaction(13).get();
            throw std::runtime_error("undone");
        }));
        CHECK(free_for_others(*this, "13"));
        CHECK(db().statistics().owned == 1);
    });
    CHECK(free_for_others(*this, "12"));
    auto other = plain();
    other.exec("SELECT pg_advisory_lock(12)");
    orm::atomic([] { CHECK(orm::try_lock_transaction(12) == false); });
    CHECK_THROWS_AS(static_cast<void>(orm::lock_transaction(12)), orm::transaction_management_error);
    CHECK_THROWS_AS(static_cast<void>(orm::try_lock_transaction(12)), orm::transaction_management_error);
}

TEST_CASE_FIXTURE(library_fixture, "constraints that wait for the commit can be checked at once, and back") {
    const auto dangling = [] { Author::objects.create({.name = "x", .country = "zz"}); };
    using enum orm::constraint_check;
    int reached = 0;
    CHECK_THROWS_AS(orm::atomic([&] {
                        orm::set_constraints(immediate).get();
                        ++reached;
                        dangling();
                        ++reached;
                    }),
                    orm::foreign_key_violation);
    CHECK(reached == 1);
    CHECK_THROWS_AS(orm::atomic([&] {
                        dangling();
                        ++reached;
                        orm::set_constraints(immediate).get();  // checks what was deferred so far
                        ++reached;
                    }),
                    orm::foreign_key_violation);
    CHECK(reached == 2);
    orm::atomic([&] {
        orm::set_constraints(immediate, {"author_country_id_fkey"}).get();
        orm::set_constraints(deferred, {"author_country_id_fkey"}).get();
        dangling();
        Country::objects.create({.code = "zz", .name = "Nowhere"});
    });
    CHECK(Author::objects.count() == 1);
    CHECK_THROWS_AS(static_cast<void>(orm::set_constraints(immediate)), orm::transaction_management_error);
    CHECK_THROWS_AS(orm::atomic([] { orm::set_constraints(immediate, {"no_such"}).get(); }),
                    orm::programming_error);
}
