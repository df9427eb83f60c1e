#include "exchange.hpp"

#include <doctest/doctest.h>

#include <random>

using namespace test;

namespace {

template <class T>
void check_edges_and_random() {
    for (const T& value : {T(), T::min(), T::max(), T::infinity(), T::negative_infinity()})
        check_exchange(value);
    std::mt19937_64 random(31);
    std::uniform_int_distribution<decltype(T().to_postgres())> any(T::min().to_postgres(),
                                                                   T::max().to_postgres());
    std::vector<T> all;
    for (int i = 0; i < 200; ++i) all.push_back(T::from_postgres(any(random)));
    for (const T& value : all) check_exchange(value);
    CHECK(echo(all) == all);
    CHECK(echo(std::optional<T>()) == std::nullopt);
}

}  // namespace

TEST_CASE("the server and we agree on dates, from 4714 BC to 5874897") {
    check_edges_and_random<orm::date>();
    for (const orm::date value : {orm::date(0, 2, 29), orm::date(1, 1, 1), orm::date(0, 12, 31),
                                  orm::date(-43, 3, 15), orm::date(10000, 1, 1), orm::date(2024, 2, 29)})
        check_exchange(value);
    CHECK_THROWS_AS(exec_sql("SELECT date '4714-11-23 BC'"), std::runtime_error);
    CHECK_THROWS_AS(exec_sql("SELECT date '5874898-01-01'"), std::runtime_error);
}

TEST_CASE("the server and we agree on timestamps, from 4714 BC to 294276") {
    check_edges_and_random<orm::timestamp>();
    check_edges_and_random<orm::timestamptz>();
    CHECK_THROWS_AS(exec_sql("SELECT timestamp '294277-01-01'"), std::runtime_error);
}

TEST_CASE("an instant is the same in every zone of the session") {
    plain_connection tokyo;
    tokyo.exec("SET timezone = 'Asia/Tokyo'; SET datestyle = 'ISO'");
    const auto instant = orm::timestamptz::parse("2024-02-29 12:00:00+00").value();
    const auto result =
        tokyo.exec_binary("SELECT $1, $1::text", {bound(orm::postgres::to_parameter(instant))});
    CHECK(first_field<orm::timestamptz>(result) == instant);
    const std::string there(PQgetvalue(result.get(), 0, 1));
    CHECK(there == "2024-02-29 21:00:00+09");
    CHECK(orm::timestamptz::parse(there) == instant);
}

TEST_CASE("the server and we agree on uuids") {
    for (int i = 0; i < 50; ++i) {
        const orm::uuid value = orm::uuid::random();
        REQUIRE(server_text(value) == value.to_string());
        REQUIRE(echo(value) == value);
    }
    CHECK(server_value<orm::uuid>("'{A0EEBC99-9c0b4ef8-bb6d6bb9-bd380a11}'::uuid") ==
          orm::uuid("a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"));
    const std::vector<std::optional<orm::uuid>> some{orm::uuid::random(), std::nullopt};
    CHECK(echo(some) == some);
}
