#include "observe/metrics_text.hpp"

#include <asynchrormous/observe/metrics.hpp>

#include <doctest/doctest.h>

#include <stdexcept>

using namespace std::chrono_literals;
using orm::observe::histogram;
using orm::observe::text_writer;

TEST_CASE("a sample has its labels, with quotes, backslashes and line feeds escaped") {
    text_writer out("orm");
    out.family("rows_total", "counter", "Rows.");
    out.value("rows_total", {{"database", "a\"b\\c\nd"}, {"kind", "x"}}, 3);
    CHECK(out.take() ==
          "# HELP orm_rows_total Rows.\n"
          "# TYPE orm_rows_total counter\n"
          "orm_rows_total{database=\"a\\\"b\\\\c\\nd\",kind=\"x\"} 3\n");
}

TEST_CASE("the buckets of a histogram count what is at most their bound") {
    const std::vector<double> bounds{0.25, 0.5, 1};
    histogram times(bounds);
    for (const auto time : {250ms, 251ms, 500ms, 4000ms}) times.add(time);
    text_writer out("orm");
    out.histogram("t_seconds", {{"stage", "pool"}}, times);
    CHECK(out.take() ==
          "orm_t_seconds_bucket{stage=\"pool\",le=\"0.25\"} 1\n"
          "orm_t_seconds_bucket{stage=\"pool\",le=\"0.5\"} 3\n"
          "orm_t_seconds_bucket{stage=\"pool\",le=\"1\"} 3\n"
          "orm_t_seconds_bucket{stage=\"pool\",le=\"+Inf\"} 4\n"
          "orm_t_seconds_sum{stage=\"pool\"} 5.001\n"
          "orm_t_seconds_count{stage=\"pool\"} 4\n");
}

TEST_CASE("metrics refuse names that Prometheus does not take, and bounds out of order") {
    CHECK_THROWS_AS(orm::metrics({.prefix = "9lives"}), std::invalid_argument);
    CHECK_THROWS_AS(orm::metrics({.prefix = ""}), std::invalid_argument);
    CHECK_THROWS_AS(orm::metrics({.prefix = "a-b"}), std::invalid_argument);
    CHECK_THROWS_AS(orm::metrics({.buckets = {0.1, 0.1}}), std::invalid_argument);
    CHECK_NOTHROW(orm::metrics({.prefix = "my_app"}));
}

TEST_CASE("labels of databases and error classes do not grow without end") {
    orm::metrics counted;
    for (int i = 0; i < 100; ++i) {
        const orm::observed_database where{.alias = "tenant_" + std::to_string(i)};
        const std::string state =
            std::string(1, static_cast<char>('A' + i % 26)) + static_cast<char>('A' + i / 26) + "000";
        counted.on_error({.database = &where, .sqlstate = state});
        const orm::observed_database same{.alias = "tenant_0"};
        counted.on_error({.database = &same, .sqlstate = state});
    }
    const std::string text = counted.text();
    CHECK(text.find("database=\"tenant_31\"") != std::string::npos);
    CHECK(text.find("database=\"tenant_32\"") == std::string::npos);
    CHECK(text.find("asynchrormous_query_errors_total{database=\"tenant_0\",sqlstate_class=\"other\"} 36") !=
          std::string::npos);
}
