#include <asynchrormous/sql/interval.hpp>
#include <asynchrormous/sql/time_of_day.hpp>

#include <doctest/doctest.h>

using namespace std::chrono_literals;
using orm::interval, orm::time_of_day, orm::time_of_day_tz, orm::value_error;

TEST_CASE("a duration becomes the part of an interval that it is") {
    CHECK(interval(std::chrono::years(2)) == interval(24, 0, 0));
    CHECK(interval(std::chrono::months(3)) == interval(3, 0, 0));
    CHECK(interval(std::chrono::weeks(1)) == interval(0, 7, 0));
    CHECK(interval(24h) == interval(0, 0, 86'400'000'000));
    CHECK(interval(-1ns) == interval(0, 0, -1));
    CHECK(interval(std::chrono::months(1)) + std::chrono::days(2) - 3s == interval(1, 2, -3'000'000));
    CHECK(2 * interval(1, -2, 3) == interval(2, -4, 6));
    CHECK(interval(1, 1, 1).estimated() == 31 * 24h + 1us);
    CHECK_THROWS_AS(interval(std::chrono::years(200'000'000)), value_error);
    CHECK_THROWS_AS(interval(2'000'000'000, 0, 0) * 2, value_error);
    CHECK_THROWS_AS(interval(0, 0, INT64_MIN) - 1us, value_error);
}

TEST_CASE("an interval prints and reads as PostgreSQL's") {
    CHECK(interval().to_string() == "00:00:00");
    CHECK(interval(14, -3, 3'600'000'000).to_string() == "1 year 2 mons -3 days +01:00:00");
    CHECK(interval(0, 0, -1).to_string() == "-00:00:00.000001");
    CHECK(interval(0, 0, 360'000'000'000).to_string() == "100:00:00");
    CHECK(interval(0, 0, INT64_MIN).to_string() == "-2562047788:00:54.775808");
    CHECK(interval::parse("-2562047788:00:54.775808") == interval(0, 0, INT64_MIN));
    CHECK(interval::parse("-2147483648 days") == interval(0, INT32_MIN, 0));
    CHECK(interval::parse("2 hours 1 sec") == interval(2h + 1s));
    for (const char* text : {"", "1", "1 ", "1 parsec", "1:2", "1 day ", "99999999999 days",
                             "3000000000 days", "01:60", "9999999999:00:00", " 1 day"})
        CHECK_FALSE(interval::parse(text));
}

TEST_CASE("a time of day is between midnight and 24:00") {
    CHECK(time_of_day(10, 30).to_string() == "10:30:00");
    CHECK(time_of_day::max().to_string() == "24:00:00");
    CHECK(time_of_day::parse("24:00:00") == time_of_day(24, 0));
    CHECK(time_of_day(90min).hour() == 1);
    CHECK(time_of_day(23, 59, 59, 999'999).microsecond() == 999'999);
    CHECK_THROWS_AS(time_of_day(24, 0, 1), value_error);
    CHECK_THROWS_AS(time_of_day(-1, 0), value_error);
    CHECK_THROWS_AS(time_of_day(25h), value_error);
    for (const char* text : {"", "24:00:01", "9:00", "10:60", "10:30 ", "10:30+02", "noon"})
        CHECK_FALSE(time_of_day::parse(text));
    CHECK(time_of_day_tz(time_of_day(10, 30), -(3h + 30min)).to_string() == "10:30:00-03:30");
    CHECK(time_of_day_tz::parse("10:30Z") == time_of_day_tz(time_of_day(10, 30), 0s));
    CHECK_FALSE(time_of_day_tz::parse("10:30"));
    CHECK_THROWS_AS(time_of_day_tz(time_of_day(), 16h), value_error);
}
