#include "codec_support.hpp"

#include <asynchrormous/postgres/decimal_codec.hpp>
#include <asynchrormous/postgres/range_codec.hpp>
#include <asynchrormous/postgres/time_codec.hpp>
#include <asynchrormous/postgres/to_text.hpp>

#include <doctest/doctest.h>

using namespace test;
using orm::bounds, orm::decode_error, orm::range, orm::multirange, orm::value_error;

TEST_CASE("a range of integers or dates begins with a value and ends before one") {
    CHECK(range<int>(1, 5, bounds::closed) == range<int>(1, 6));
    CHECK(range<int>(0, 5, bounds::open) == range<int>(1, 5));
    CHECK(range<int>(3, 3).is_empty());
    CHECK(range<int>(3, 4, bounds::open).is_empty());
    CHECK(range<orm::timestamp>(orm::timestamp(), orm::timestamp(), bounds::open_closed).is_empty());
    CHECK_FALSE(range<orm::timestamp>(orm::timestamp()).is_empty());
    CHECK(range<int>(1, 5).contains(1));
    CHECK_FALSE(range<int>(1, 5).contains(5));
    CHECK(range<int>().contains(-7));
    CHECK_FALSE(range<int>::empty().contains(0));
    CHECK(multirange<int>{{1, 2}, {4, 6}}.contains(5));
    CHECK_THROWS_AS(range<int>(5, 1), value_error);
    CHECK_THROWS_AS(range<int>(0, std::numeric_limits<int>::max(), bounds::closed), value_error);
    CHECK_THROWS_AS(range<int>(std::int64_t{1} << 40), value_error);
}

TEST_CASE("bytes that are no range are refused") {
    using r = range<int>;
    CHECK(decoded<r>(octets({1})).is_empty());
    CHECK(decoded<r>(octets({24})) == r());
    CHECK(decoded<r>(octets({2}) + words({4, 1, 4, 9})) == r(1, 9));
    CHECK_THROWS_AS(decoded<r>(""), decode_error);
    CHECK_THROWS_AS(decoded<r>(octets({32})), decode_error);
    CHECK_THROWS_AS(decoded<r>(octets({2})), decode_error);
    CHECK_THROWS_AS(decoded<r>(octets({1, 0})), decode_error);
    CHECK_THROWS_AS(decoded<r>(octets({2}) + words({4, 1, 5, 9})), decode_error);
    CHECK_THROWS_AS(decoded<r>(octets({2}) + words({4, 1, -1})), decode_error);
    CHECK_THROWS_AS(decoded<r>(octets({2}) + words({4, 9, 4, 1})), decode_error);
    CHECK_THROWS_AS(decoded<r>(octets({2}) + words({8, 0, 1, 4, 1})), decode_error);
    CHECK_THROWS_AS(decoded<multirange<int>>(""), decode_error);
    CHECK_THROWS_AS(decoded<multirange<int>>(words({0xffffffff})), decode_error);
    CHECK_THROWS_AS(decoded<multirange<int>>(words({1, 2}) + octets({1})), decode_error);
    CHECK_THROWS_AS(decoded<multirange<int>>(words({0, 1})), decode_error);
}

TEST_CASE("decimals, times and intervals of wrong bytes are refused") {
    CHECK(decoded<orm::decimal>(shorts({1, 0, 0, 2, 15})).to_string() == "15.00");
    CHECK_THROWS_AS(decoded<orm::decimal>(shorts({2, 0, 0, 2, 15})), decode_error);
    CHECK_THROWS_AS(decoded<orm::decimal>(shorts({1, 0, 1, 0, 15})), decode_error);
    CHECK_THROWS_AS(decoded<orm::decimal>(shorts({1, 0, 0, 0, 10000})), decode_error);
    CHECK_THROWS_AS(decoded<orm::decimal>(""), decode_error);
    CHECK_THROWS_AS(decoded<orm::time_of_day>(words({0})), decode_error);
    CHECK_THROWS_AS(decoded<orm::time_of_day>(words({-1, -1})), decode_error);
    CHECK_THROWS_AS(decoded<orm::time_of_day_tz>(words({0, 0, 57600})), decode_error);
    CHECK_THROWS_AS(decoded<orm::time_of_day_tz>(words({0, 0, 0, 0})), decode_error);
    CHECK_THROWS_AS(decoded<orm::interval>(words({0, 0, 0})), decode_error);
    CHECK(encoded(orm::interval(1, 2, 3)) == words({0, 3, 2, 1}));
}

TEST_CASE("ranges and times are shown as PostgreSQL writes them") {
    const auto text = [](const auto& value) {
        return orm::postgres::to_text(orm::postgres::to_parameter(value));
    };
    CHECK(text(range<int>(1, 3)) == "'[1,3)'");
    CHECK(text(range<int>(std::nullopt, 3)) == "'(,3)'");
    CHECK(text(range<int>::empty()) == "'empty'");
    CHECK(text(range<orm::date>(orm::date(2024, 2, 1), std::nullopt)) == "'[2024-02-01,)'");
    CHECK(text(range<orm::timestamp>(orm::timestamp(), orm::timestamp(), bounds::closed)) ==
          "'[\"2000-01-01 00:00:00\",\"2000-01-01 00:00:00\"]'");
    CHECK(text(orm::time_of_day(9, 30)) == "'09:30:00'");
    CHECK(text(orm::interval(std::chrono::days(14))) == "'14 days'");
    CHECK(text(std::vector{range<int>(1, 3), range<int>::empty()}) == "ARRAY['[1,3)', 'empty']");
}
