// Counting what was sent.
#include "../query/fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

using namespace library;
using namespace orm::literals;
using orm::testing::assert_num_queries;
using orm::testing::captured_queries;
using test::library_fixture;

TEST_CASE_FIXTURE(library_fixture, "captured queries have text, values and durations") {
    Author::objects.count();
    const captured_queries sent;
    CHECK(sent.empty());
    Author::objects.filter("name"_k = "Ursula").count();
    CHECK_THROWS_AS(Author::objects.raw("SELECT nonsense"), orm::programming_error);
    REQUIRE(sent.size() == 2);
    const auto queries = sent.queries();
    CHECK(queries[0].text.starts_with("SELECT COUNT(*)"));
    CHECK(queries[0].binds == test::strings{"'Ursula'"});
    CHECK(queries[0].finished);
    CHECK_FALSE(queries[0].failed);
    CHECK(queries[0].duration.count() > 0);
    CHECK(queries[1].failed);
    CHECK(sent.text().find("1. SELECT COUNT(*)") == 0);
    CHECK(sent.text().find("2. SELECT nonsense") != std::string::npos);
}

TEST_CASE_FIXTURE(library_fixture, "what transactions send by themselves is seen but not counted") {
    const captured_queries sent;
    orm::atomic([] {
        Author::objects.count();
        orm::atomic([] { Author::objects.count(); });
    });
    CHECK(sent.size() == 2);
    REQUIRE(sent.all().size() > 3);
    CHECK(sent.all().front().text == "BEGIN");
    CHECK(sent.all().front().control);
    CHECK(sent.all().back().text == "COMMIT");
}

TEST_CASE_FIXTURE(library_fixture, "captures may be nested, and end where they go") {
    captured_queries outer;
    Author::objects.count();
    {
        const captured_queries inner;
        Author::objects.count();
        CHECK(inner.size() == 1);
    }
    Author::objects.count();
    CHECK(outer.size() == 3);
    outer.clear();
    CHECK(outer.empty());
}

TEST_CASE_FIXTURE(library_fixture, "assert_num_queries gives the result, or lists what was sent") {
    CHECK(assert_num_queries(1, [] { return Author::objects.count(); }) == 0);
    assert_num_queries(0, [] {});
    CHECK_THROWS_WITH_AS(assert_num_queries(2, [] { Author::objects.count(); }),
                         doctest::Contains("1 query was sent where 2 were expected:\n1. SELECT COUNT(*)"),
                         orm::testing::wrong_number_of_queries);
    CHECK_THROWS_WITH(assert_num_queries(1, [] {}), "0 queries were sent where 1 was expected");
}
