#include "codec_support.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace test;
namespace oid = orm::sql::oid;
using orm::decode_error;

TEST_CASE("dates and timestamps travel as PostgreSQL counts them") {
    CHECK(encoded(orm::date(2000, 1, 2)) == words({1}));
    CHECK(encoded(orm::date::infinity()) == words({0x7fffffff}));
    CHECK(encoded(orm::date::negative_infinity()) == words({0x80000000}));
    CHECK(encoded(orm::timestamp::from_postgres(1)) == words({0, 1}));
    CHECK(encoded(orm::timestamptz::infinity()) == words({0x7fffffff, 0xffffffff}));
    CHECK(round_trip(orm::timestamptz::negative_infinity()) == orm::timestamptz::negative_infinity());
    for (const orm::date day :
         {orm::date::min(), orm::date::max(), orm::date(0, 2, 29), orm::date(-43, 3, 15)})
        CHECK(round_trip(day) == day);
    for (const orm::timestamp time : {orm::timestamp::min(), orm::timestamp::max(), orm::timestamp()})
        CHECK(round_trip(time) == time);
}

TEST_CASE("dates and the two timestamps are never taken for each other") {
    CHECK_THROWS_AS(read_as<orm::timestamp>(oid::timestamptz, words({0, 1})), decode_error);
    CHECK_THROWS_AS(read_as<orm::timestamptz>(oid::timestamp, words({0, 1})), decode_error);
    CHECK_THROWS_AS(read_as<orm::date>(oid::timestamp, words({0, 1})), decode_error);
    CHECK_THROWS_AS(read_as<orm::date>(oid::int4, words({1})), decode_error);
    CHECK_FALSE(orm::postgres::accepts<orm::timestamp>(oid::timestamptz));
}

TEST_CASE("a date, a timestamp or a uuid of the wrong size is refused") {
    CHECK_THROWS_AS(decoded<orm::date>(words({1, 2})), decode_error);
    CHECK_THROWS_AS(decoded<orm::timestamp>(words({1})), decode_error);
    CHECK_THROWS_AS(decoded<orm::timestamptz>(""), decode_error);
    CHECK_THROWS_AS(decoded<orm::uuid>(std::string(15, 'x')), decode_error);
    CHECK_THROWS_AS(decoded<orm::uuid>(std::string(17, 'x')), decode_error);
}

TEST_CASE("a uuid travels as its sixteen bytes") {
    const orm::uuid value("00010203-0405-0607-0809-0a0b0c0d0eff");
    CHECK(encoded(value) == octets({0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 255}));
    for (int i = 0; i < 100; ++i) {
        const orm::uuid any = orm::uuid::random();
        CHECK(round_trip(any) == any);
    }
}

TEST_CASE("NULL is an empty optional and nothing else") {
    using orm::postgres::read;
    CHECK(read<std::optional<int>>({nullptr, -1}, oid::int4) == std::nullopt);
    CHECK(read<std::optional<int>>({nullptr, -1}, oid::int8) == std::nullopt);
    CHECK(read_as<std::optional<int>>(oid::int4, words({7})) == 7);
    CHECK(read_as<std::optional<int>>(oid::int8, words({0, 7})) == 7);
    CHECK_THROWS_AS(read<int>({nullptr, -1}, oid::int4), decode_error);
    CHECK_THROWS_AS(read<int>({nullptr, -1}, oid::int8), decode_error);
    CHECK_FALSE(orm::postgres::to_parameter(std::optional<int>()).bytes);
    CHECK(orm::postgres::to_parameter(std::optional(7)) == orm::postgres::to_parameter(7));
}

TEST_CASE("a bound value reads like SQL") {
    using orm::postgres::to_parameter;
    const auto text = [](const auto& value) { return orm::postgres::to_text(to_parameter(value)); };
    CHECK(text(std::int16_t{-3}) == "-3");
    CHECK(text(std::int64_t{1} << 40) == "1099511627776");
    CHECK(text(true) == "true");
    CHECK(text(0.1) == "0.1");
    CHECK(text(0.1F) == "0.1");
    CHECK(text(std::numeric_limits<double>::infinity()) == "'Infinity'");
    CHECK(text(std::numeric_limits<double>::quiet_NaN()) == "'NaN'");
    CHECK(text(std::string("O'Brien")) == "'O''Brien'");
    CHECK(text(orm::bytes{std::byte{0xde}, std::byte{0x0d}}) == "'\\xde0d'");
    CHECK(text(orm::date(2024, 2, 29)) == "'2024-02-29'");
    CHECK(text(orm::timestamptz()) == "'2000-01-01 00:00:00+00'");
    CHECK(text(orm::uuid()) == "'00000000-0000-0000-0000-000000000000'");
    CHECK(text(std::optional<int>()) == "NULL");
    CHECK(text(std::vector<int>{1, 2}) == "ARRAY[1, 2]");
    CHECK(text(std::vector<int>()) == "ARRAY[]");
    CHECK(text(std::vector<std::optional<std::string>>{"a", std::nullopt}) == "ARRAY['a', NULL]");
    CHECK(orm::postgres::to_text({{orm::sql::type_kind::int4}, "no"}) == "'\\x6e6f'");
}

TEST_CASE("types know their oids and names, columns and parameters apart") {
    using orm::sql::type_kind;
    CHECK(orm::sql::oid_of({type_kind::varchar}) == 1043);
    CHECK(orm::sql::parameter_oid_of({type_kind::varchar}) == 25);
    CHECK(orm::sql::parameter_oid_of({type_kind::varchar, true}) == 1009);
    CHECK(orm::sql::parameter_oid_of({type_kind::bpchar}) == 1042);
    CHECK(orm::sql::parameter_oid_of({type_kind::enumeration, true}) == 1009);
    CHECK(orm::sql::name_of({type_kind::int8}) == "bigint");
    CHECK(orm::sql::name_of({type_kind::text, true}) == "text[]");
    CHECK(orm::sql::name_of_oid(1184) == "timestamp with time zone");
    CHECK(orm::sql::name_of_oid(1016) == "bigint[]");
    CHECK(orm::sql::name_of_oid(0).empty());
    CHECK(orm::sql::name_of_oid(99999).empty());
}
