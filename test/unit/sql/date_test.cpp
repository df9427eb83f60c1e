#include <asynchrormous/sql/date.hpp>

#include <doctest/doctest.h>

#include <random>
#include <unordered_set>

using orm::date;
using namespace std::chrono_literals;

static_assert(date(2000, 1, 1).to_postgres() == 0);
static_assert(date(2024, 2, 29) < date(2024, 3, 1));
static_assert(date::negative_infinity() < date::min() && date::max() < date::infinity());
static_assert(date(2024y / std::chrono::February / 29).to_year_month_day() ==
              2024y / std::chrono::February / 29);

TEST_CASE("a date counts days from 2000-01-01, as PostgreSQL does") {
    CHECK(date() == date(2000, 1, 1));
    CHECK(date(1970, 1, 1).to_postgres() == -10957);
    CHECK(date(std::chrono::sys_days(std::chrono::days(0))) == date(1970, 1, 1));
    CHECK(date(1970, 1, 1).to_sys_days() == std::chrono::sys_days(std::chrono::days(0)));
}

TEST_CASE("a date reaches from 4714-11-24 BC to 5874897-12-31") {
    CHECK(date::min() == date(-4713, 11, 24));
    CHECK(date::max() == date(5874897, 12, 31));
    CHECK_THROWS_AS(date(-4713, 11, 23), orm::value_error);
    CHECK_THROWS_AS(date(5874898, 1, 1), orm::value_error);
    CHECK(date(date::max().to_sys_days()) == date::max());
    CHECK(date(date::min().to_sys_days()) == date::min());
    CHECK_THROWS_AS(date(std::chrono::sys_days(std::chrono::days(2147483647))), orm::value_error);
}

TEST_CASE("a day that is in no calendar is refused") {
    CHECK_THROWS_AS(date(2023, 2, 29), orm::value_error);
    CHECK_THROWS_AS(date(1900, 2, 29), orm::value_error);
    CHECK_THROWS_AS(date(2024, 13, 1), orm::value_error);
    CHECK_THROWS_AS(date(2024, 4, 31), orm::value_error);
    CHECK_THROWS_AS(date(2024, 1, 0), orm::value_error);
    CHECK_THROWS_AS(date(2023y / std::chrono::February / 30), orm::value_error);
}

TEST_CASE("an infinite date compares and prints but has no parts") {
    CHECK(date::infinity().to_string() == "infinity");
    CHECK(date::negative_infinity().to_string() == "-infinity");
    CHECK_FALSE(date::infinity().is_finite());
    CHECK_THROWS_AS(date::infinity().to_sys_days(), orm::value_error);
    CHECK_THROWS_AS(date::negative_infinity().year(), orm::value_error);
}

TEST_CASE("a year beyond std::chrono's is refused there and only there") {
    const date far(40000, 6, 15);
    CHECK(far.year() == 40000);
    CHECK_THROWS_AS(far.to_year_month_day(), orm::value_error);
    CHECK(date(32767, 12, 31).to_year_month_day().year() == std::chrono::year(32767));
}

TEST_CASE("dates print as PostgreSQL prints them") {
    CHECK(date(2024, 2, 29).to_string() == "2024-02-29");
    CHECK(date(1, 1, 1).to_string() == "0001-01-01");
    CHECK(date(0, 12, 31).to_string() == "0001-12-31 BC");
    CHECK(date(-43, 3, 15).to_string() == "0044-03-15 BC");
    CHECK(date::min().to_string() == "4714-11-24 BC");
    CHECK(date::max().to_string() == "5874897-12-31");
}

TEST_CASE("what a date prints it reads, and nothing else") {
    CHECK(date::parse("0044-03-15 BC") == date(-43, 3, 15));
    CHECK(date::parse("infinity") == date::infinity());
    CHECK(date::parse("0001-02-29 BC") == date(0, 2, 29));
    for (const char* text : {"", "2024", "2024-2-29", "2023-02-29", "2024-02-29 ", "2024-02-29 AD",
                             "0000-01-01", "24-02-29", "4714-11-23 BC", "5874898-01-01", "Infinity",
                             "2024-02-29 BC BC", "+2024-02-29", "99999999-01-01", "2024-00-01", "0100-02-29"})
        CHECK_MESSAGE(!date::parse(text), text);
}

TEST_CASE("random days survive text, parts and std::chrono") {
    std::mt19937 random(20240229);
    std::uniform_int_distribution<std::int32_t> days(date::min().to_postgres(), date::max().to_postgres());
    std::unordered_set<date> seen;
    for (int i = 0; i < 5000; ++i) {
        const date value = date::from_postgres(days(random));
        REQUIRE(date::parse(value.to_string()) == value);
        REQUIRE(date(value.year(), value.month(), value.day()) == value);
        REQUIRE(date(value.to_sys_days()) == value);
        seen.insert(value);
    }
    CHECK(seen.size() > 4900);
}

TEST_CASE("our calendar agrees with std::chrono's") {
    for (std::int32_t days = -3'000'000; days < 3'000'000; days += 37) {
        const date value = date::from_postgres(days);
        REQUIRE(value.to_year_month_day() == std::chrono::year_month_day(value.to_sys_days()));
    }
}
