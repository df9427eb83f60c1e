#include "../query/fixture.hpp"

#include <asynchrormous/observe/metrics.hpp>

#include <charconv>
#include <sstream>

using namespace library;
using test::library_fixture;

namespace {

// The sample with these labels; -1: there is none.
double sample(const std::string& text, const std::string& name) {
    const auto at = text.find("\n" + name + " ");
    if (at == std::string::npos) return -1;
    return std::stod(text.substr(at + name.size() + 2));
}

}  // namespace

TEST_CASE("metrics count statements, errors, rows and connections of a database") {
    const test::fresh_schema schema;
    const auto counted = std::make_shared<orm::metrics>();
    orm::database db = orm::connect(schema.url(), {.alias = "main", .observers = {counted}});
    db.make_current();
    orm::create_tables<Country, Author, Book>().get();
    Author::objects.create({.name = "Ursula"});
    Author::objects.create({.name = "Ann"});
    CHECK(Author::objects.all().size() == 2);
    orm::atomic([] { Author::objects.count(); });
    CHECK_THROWS_AS(orm::execute("SELECT nonsense").get(), orm::programming_error);
    const std::string text = counted->text();
    const auto ended = [&](const char* kind, const char* how) {
        return sample(text, "asynchrormous_queries_total{database=\"main\",operation=\"" + std::string(kind) +
                                "\",status=\"" + how + "\"}");
    };
    CHECK(ended("select", "ok") == 2);
    CHECK(ended("insert", "ok") == 2);
    CHECK(ended("transaction", "ok") >= 1);
    CHECK(ended("raw", "error") == 1);
    CHECK(sample(text, "asynchrormous_query_errors_total{database=\"main\",sqlstate_class=\"42\"}") == 1);
    CHECK(sample(text, "asynchrormous_queries_in_flight{database=\"main\"}") == 0);
    CHECK(sample(text, "asynchrormous_rows_total{database=\"main\"}") >= 5);
    CHECK(sample(text, "asynchrormous_connections_open{database=\"main\"}") >= 1);
    CHECK(sample(text,
                 "asynchrormous_query_duration_seconds_count{database=\"main\",operation=\"select\"}") == 2);
    CHECK(sample(text,
                 "asynchrormous_query_duration_seconds_bucket{database=\"main\",operation=\"select\","
                 "le=\"+Inf\"}") == 2);
    CHECK(sample(text, "asynchrormous_query_wait_seconds_sum{database=\"main\",stage=\"server\"}") > 0);
    const double sends = sample(text, "asynchrormous_statements_sent_total{database=\"main\"}");
    const double syncs = sample(text, "asynchrormous_syncs_total{database=\"main\"}");
    CHECK(syncs >= 1);
    CHECK(syncs <= sends);
    db.close().get();
    CHECK(sample(counted->text(), "asynchrormous_connections_open{database=\"main\"}") == 0);
}

TEST_CASE_FIXTURE(library_fixture, "each line of the text is one that Prometheus reads") {
    orm::metrics counted;
    {
        const orm::observing now(counted);
        Author::objects.count();
    }
    std::istringstream lines(counted.text());
    std::string line, family, type;
    while (std::getline(lines, line)) {
        if (line.starts_with("# HELP ")) continue;
        if (line.starts_with("# TYPE ")) {
            const auto blank = line.rfind(' ');
            family = line.substr(7, blank - 7);
            type = line.substr(blank + 1);
            CHECK((type != "counter" || family.ends_with("_total")));
            continue;
        }
        CAPTURE(line);
        CHECK(line.starts_with(family));
        const auto open = line.find('{'), close = line.rfind("} ");
        REQUIRE(open != std::string::npos);
        REQUIRE(close != std::string::npos);
        double value = -1;
        const char* const end = line.data() + line.size();
        CHECK(std::from_chars(line.data() + close + 2, end, value).ptr == end);
        CHECK(value >= 0);
        CHECK(line.find("database=\"default\"") != std::string::npos);
    }
    CHECK_FALSE(family.empty());
}
