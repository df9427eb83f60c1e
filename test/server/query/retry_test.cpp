#include "fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <stdexcept>
#include <thread>

using namespace library;
using namespace orm::literals;
using namespace std::chrono_literals;
using test::filled_library;
using test::library_fixture;

namespace {

constexpr orm::retry_options quick{.pause = 1ms};

// The server's error, by a function that raises it as often as the sequence says.
struct raising_library : library_fixture {
    raising_library() {
        plain().exec(
            "CREATE SEQUENCE runs; CREATE FUNCTION trouble(state text, times int) RETURNS int LANGUAGE "
            "plpgsql AS "
            "$$ BEGIN IF nextval('runs') <= times THEN RAISE EXCEPTION 'trouble' USING ERRCODE = state; END "
            "IF; "
            "RETURN 1; END $$");
    }
    static void trouble(const std::string& state, int times) {
        static_cast<void>(
            Author::objects.raw("SELECT 0::bigint AS id, 'x' AS name, NULL::date AS born, NULL AS country_id "
                                "FROM trouble($1, $2)",
                                state, times));
    }
};

}  // namespace

TEST_CASE_FIXTURE(raising_library, "what the server asks for is run again as a whole, callbacks once") {
    int runs = 0, callbacks = 0;
    std::string state;
    SUBCASE("a serialization failure") { state = "40001"; }
    SUBCASE("a deadlock") { state = "40P01"; }
    const int result = orm::retry(quick, [&] {
        ++runs;
        orm::on_commit([&] { ++callbacks; });
        Author::objects.create({.name = "once"});
        trouble(state, 2);
        return runs;
    });
    CHECK(result == 3);
    CHECK(callbacks == 1);
    CHECK(Author::objects.count() == 1);
}

TEST_CASE_FIXTURE(raising_library, "also where the callable swallowed it and another query told") {
    int runs = 0;
    orm::retry(quick, [&] {
        ++runs;
        try {
            trouble("40001", 1);
        } catch (const orm::serialization_failure&) {
        }
        static_cast<void>(Author::objects.count());
    });
    CHECK(runs == 2);
}

TEST_CASE_FIXTURE(raising_library, "attempts are bounded, and the last error is the caller's") {
    int runs = 0;
    CHECK_THROWS_AS(orm::retry({.attempts = 3, .pause = 1ms},
                               [&] {
                                   ++runs;
                                   trouble("40001", 100);
                               }),
                    orm::serialization_failure);
    CHECK(runs == 3);
}

TEST_CASE_FIXTURE(raising_library, "other errors are not for another attempt") {
    int runs = 0;
    CHECK_THROWS_AS(orm::retry(quick,
                               [&] {
                                   ++runs;
                                   trouble("40002", 1);
                               }),
                    orm::transaction_rollback_error);
    CHECK_THROWS_AS(orm::retry(quick,
                               [&] {
                                   ++runs;
                                   throw std::runtime_error("no");
                               }),
                    std::runtime_error);
    CHECK(runs == 2);
}

TEST_CASE_FIXTURE(raising_library, "an error of a callback comes after the commit: nothing is run again") {
    int runs = 0;
    CHECK_THROWS_AS(orm::retry(quick,
                               [&] {
                                   ++runs;
                                   Author::objects.create({.name = "x"});
                                   orm::on_commit([] { trouble("40001", 1); });
                               }),
                    orm::serialization_failure);
    CHECK(runs == 1);
    CHECK(Author::objects.count() == 1);
}

TEST_CASE_FIXTURE(library_fixture, "retry refuses to be a part of a transaction") {
    int runs = 0;
    orm::atomic([&] {
        CHECK_THROWS_WITH_AS(orm::retry([&] { ++runs; }), doctest::Contains("inside a transaction"),
                             orm::transaction_management_error);
    });
    CHECK(runs == 0);
}

TEST_CASE_FIXTURE(library_fixture, "the commit of a serializable transaction can be what fails") {
    Author::objects.create({.name = "a"});
    Author::objects.create({.name = "b"});
    int runs = 0;
    // Write skew: each sees that both are there and renames one of them.
    orm::retry({.isolation = orm::isolation::serializable, .pause = 1ms}, [&] {
        const auto seen = Author::objects.exclude("name"_k = "gone").count();
        if (++runs == 1) {
            auto other = plain();
            other.exec("BEGIN ISOLATION LEVEL SERIALIZABLE");
            CHECK(other.value("SELECT count(*) FROM author WHERE name <> 'gone'") == "2");
            other.exec("UPDATE author SET name = 'gone' WHERE name = 'a'");
            other.exec("COMMIT");
        }
        if (seen == 2) Author::objects.filter("name"_k = "b").update("name"_k = "gone");
    });
    CHECK(runs == 2);
    CHECK(Author::objects.filter("name"_k = "gone").count() == 1);
}
