#include "../query/fixture.hpp"

#include <asynchrormous/observe/slow_query_log.hpp>

using namespace library;
using namespace orm::literals;
using namespace std::chrono_literals;
using test::library_fixture;

namespace {

struct lines {
    std::vector<std::string> all{};
    std::shared_ptr<orm::slow_query_log> log(orm::slow_query_options options) {
        return std::make_shared<orm::slow_query_log>(
            options, [this](std::string_view line) { all.emplace_back(line); });
    }
};

bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE_FIXTURE(library_fixture, "the log has a line for what took at least as long as the threshold") {
    lines written;
    const auto log = written.log({.threshold = 50ms});
    const orm::observing now(*log);
    Author::objects.count();
    CHECK(written.all.empty());
    orm::execute("SELECT pg_sleep(0.06), 'secret\nword'").get();
    REQUIRE(written.all.size() == 1);
    const std::string& line = written.all[0];
    CHECK(holds(line, " ms (pool "));
    CHECK(holds(line, "1 rows"));
    CHECK(holds(line, "SELECT pg_sleep(?), ?"));
    CHECK_FALSE(holds(line, "secret"));
}

TEST_CASE_FIXTURE(library_fixture, "values are in the log only when asked for") {
    lines written;
    {
        const auto log = written.log({.threshold = 0ms});
        const orm::observing now(*log);
        Author::objects.filter("name"_k = "le guin").count();
        for (const Author& each : Author::objects.filter("id"_k = 1)) static_cast<void>(each);
    }
    REQUIRE(written.all.size() == 2);
    CHECK_FALSE(holds(written.all[0], "guin"));
    CHECK(holds(written.all[0], "$1"));
    CHECK(holds(written.all[1], "slow_query_log_test.cpp:"));
    const auto log = written.log({.threshold = 0ms, .parameters = true});
    const orm::observing now(*log);
    Author::objects.filter("name"_k = "le guin").count();
    CHECK(holds(written.all.back(), "[$1 = 'le guin']"));
}

TEST_CASE_FIXTURE(library_fixture, "an error is logged without what the server says of values") {
    lines written;
    Author::objects.create({.id = 77, .name = "Ursula"});
    const auto log = written.log({.threshold = 1h});
    {
        const orm::observing now(*log);
        CHECK_THROWS_AS(Author::objects.create({.id = 77, .name = "Ann"}), orm::unique_violation);
    }
    REQUIRE(written.all.size() == 1);
    CHECK(holds(written.all[0], "failed: orm::unique_violation 23505"));
    CHECK_FALSE(holds(written.all[0], "77"));
    const auto quiet = written.log({.threshold = 1h, .failed = false});
    const orm::observing now(*quiet);
    CHECK_THROWS_AS(Author::objects.create({.id = 77, .name = "Ann"}), orm::unique_violation);
    CHECK(written.all.size() == 1);
}
