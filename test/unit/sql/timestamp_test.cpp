#include <asynchrormous/sql/timestamp.hpp>

#include <doctest/doctest.h>

#include <limits>
#include <random>
#include <type_traits>
#include <unordered_set>

using orm::timestamp;
using orm::timestamptz;
using namespace std::chrono;
using namespace std::chrono_literals;

static_assert(timestamptz(sys_days(2000y / 1 / 1)).to_postgres() == 0);
static_assert(timestamp::negative_infinity() < timestamp::min() && timestamp::max() < timestamp::infinity());
static_assert(!std::is_convertible_v<timestamp, timestamptz> &&
              !std::is_convertible_v<timestamptz, timestamp>);
static_assert(!std::is_constructible_v<timestamp, sys_seconds> &&
              !std::is_constructible_v<timestamptz, local_seconds>);

TEST_CASE("a timestamp counts microseconds from 2000-01-01, finer ones rounded down") {
    CHECK(timestamptz(sys_days(1999y / 12 / 31)).to_postgres() == -86'400'000'000);
    CHECK(timestamptz(sys_days(2000y / 1 / 1) + 1999ns).to_postgres() == 1);
    CHECK(timestamptz(sys_days(2000y / 1 / 1) - 1ns).to_postgres() == -1);
    CHECK(timestamp(local_days(2000y / 1 / 2)).to_time_point() == local_days(2000y / 1 / 2));
    CHECK(timestamptz::now() > timestamptz(sys_days(2024y / 1 / 1)));
}

TEST_CASE("a timestamp refuses what PostgreSQL cannot hold, however coarse its count") {
    CHECK(timestamptz::min().to_time_point() == sys_days(std::chrono::year(-4713) / 11 / 24));
    CHECK(timestamptz(timestamptz::min().to_time_point()) == timestamptz::min());
    CHECK_THROWS_AS(timestamptz(timestamptz::min().to_time_point() - 1us), orm::value_error);
    CHECK_THROWS_AS(timestamptz(sys_time<days>(days(2'000'000'000))), orm::value_error);
    CHECK_THROWS_AS(timestamptz(sys_time<hours>(hours::max())), orm::value_error);
    CHECK_THROWS_AS(timestamptz(sys_time<hours>(hours::min())), orm::value_error);
    CHECK_THROWS_AS(timestamptz::max().to_time_point(), orm::value_error);
    CHECK_THROWS_AS(timestamptz::infinity().to_time_point(), orm::value_error);
    CHECK_THROWS_AS(timestamp::negative_infinity().to_time_point(), orm::value_error);
    const sys_time<microseconds> latest(microseconds(INT64_MAX));
    CHECK(timestamptz(latest - 1h).to_time_point() == latest - 1h);
}

TEST_CASE("timestamps print as PostgreSQL prints them in UTC") {
    const auto at = local_days(2024y / 2 / 29) + 12h + 30min;
    CHECK(timestamp(at).to_string() == "2024-02-29 12:30:00");
    CHECK(timestamp(at + 250ms).to_string() == "2024-02-29 12:30:00.25");
    CHECK(timestamp(at + 1us).to_string() == "2024-02-29 12:30:00.000001");
    CHECK(timestamptz::from_postgres(-1).to_string() == "1999-12-31 23:59:59.999999+00");
    CHECK(timestamp::min().to_string() == "4714-11-24 00:00:00 BC");
    CHECK(timestamptz::min().to_string() == "4714-11-24 00:00:00+00 BC");
    CHECK(timestamp::max().to_string() == "294276-12-31 23:59:59.999999");
    CHECK(timestamp::infinity().to_string() == "infinity");
    CHECK(timestamptz::negative_infinity().to_string() == "-infinity");
}

TEST_CASE("zones are understood and taken off") {
    const timestamptz noon(sys_days(2024y / 2 / 29) + 12h);
    for (const char* text :
         {"2024-02-29 12:00:00+00", "2024-02-29T12:00:00Z", "2024-02-29 14:00:00+02",
          "2024-02-29 08:30:00-03:30", "2024-02-29 12:19:32+00:19:32", "2024-02-29 13:00+0100"})
        CHECK_MESSAGE(timestamptz::parse(text) == noon, text);
}

TEST_CASE("a zone is required of a timestamptz and refused of a timestamp") {
    CHECK_FALSE(timestamptz::parse("2024-02-29 12:00:00"));
    CHECK_FALSE(timestamp::parse("2024-02-29 12:00:00+00"));
    CHECK(timestamp::parse("2024-02-29 12:00"));
}

TEST_CASE("malformed and impossible times are refused") {
    for (const char* text :
         {"", "2024-02-29", "2024-02-29 24:00:00", "2024-02-29 12:60:00", "2024-02-29 12:00:60",
          "2024-02-30 12:00:00", "2024-02-29 1:00:00", "2024-02-29 12", "2024-02-29 12:00:00 ",
          "294277-01-01 00:00:00", "4714-11-23 23:59:59 BC", "9999999-01-01 00:00:00"})
        CHECK_MESSAGE(!timestamp::parse(text), text);
    CHECK_FALSE(timestamptz::parse("294276-12-31 23:59:59-01"));
    CHECK_FALSE(timestamptz::parse("4714-11-24 00:00:00+01 BC"));
    CHECK(timestamptz::parse("294277-01-01 00:30:00+01") == std::nullopt);
    CHECK(timestamptz::parse("4714-11-23 23:30:00-01 BC") ==
          timestamptz::from_postgres(timestamptz::min().to_postgres() + 1'800'000'000));
    CHECK(timestamp::parse("2024-02-29 12:00:00.1234567") == timestamp::parse("2024-02-29 12:00:00.123456"));
}

TEST_CASE("random instants survive text") {
    std::mt19937_64 random(7);
    std::uniform_int_distribution<std::int64_t> any(timestamp::min().to_postgres(),
                                                    timestamp::max().to_postgres());
    std::unordered_set<timestamptz> seen;
    for (int i = 0; i < 5000; ++i) {
        const std::int64_t count = any(random);
        REQUIRE(timestamp::parse(timestamp::from_postgres(count).to_string()) ==
                timestamp::from_postgres(count));
        const timestamptz instant = timestamptz::from_postgres(count);
        REQUIRE(timestamptz::parse(instant.to_string()) == instant);
        seen.insert(instant);
    }
    CHECK(seen.size() == 5000);
}

TEST_CASE("a count beyond the range is printed all the same, without overflow") {
    const std::int64_t lowest = std::numeric_limits<std::int64_t>::min();
    CHECK(timestamp::from_postgres(lowest + 1).to_string() == "290279-12-22 19:59:05.224193 BC");
}
