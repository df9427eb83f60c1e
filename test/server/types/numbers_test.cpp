#include "exchange.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <random>

using namespace test;

namespace {

template <class T>
void check_integers() {
    std::mt19937_64 random(11);
    std::vector<T> values{0, 1, -1, std::numeric_limits<T>::min(), std::numeric_limits<T>::max()};
    for (int i = 0; i < 50; ++i) values.push_back(static_cast<T>(random()));
    for (const T value : values) {
        REQUIRE(server_text(value) == std::to_string(value));
        REQUIRE(echo(value) == value);
    }
    REQUIRE(server_text(values).size() > values.size());
    REQUIRE(echo(values) == values);
    REQUIRE(server_text(std::optional<T>()) == "NULL");
    REQUIRE(echo(std::optional<T>()) == std::nullopt);
}

}  // namespace

TEST_CASE("the server and we agree on integers of each size") {
    check_integers<std::int16_t>();
    check_integers<std::int32_t>();
    check_integers<std::int64_t>();
    CHECK(server_value<std::int64_t>("7::int2") == 7);
    CHECK(server_value<std::int64_t>("'pg_class'::regclass::oid") > 0);
    CHECK_THROWS_AS(server_value<std::int32_t>("2147483648::int8"), orm::decode_error);
}

TEST_CASE("the server and we agree on true and false") {
    CHECK(server_text(true) == "true");
    CHECK(server_text(false) == "false");
    CHECK(server_value<bool>("1 = 1"));
    CHECK(server_text(std::vector<bool>{true, false}) == "{t,f}");
    CHECK(echo(std::vector<bool>{true, false}) == std::vector<bool>{true, false});
}

TEST_CASE("the server and we agree on floating-point numbers, special ones too") {
    CHECK(server_text(0.1) == "0.1");
    CHECK(server_text(-0.0) == "-0");
    CHECK(server_text(HUGE_VAL) == "Infinity");
    CHECK(server_text(-HUGE_VALF) == "-Infinity");
    CHECK(server_text(std::nan("")) == "NaN");
    CHECK(server_text(1.1F) == "1.1");
    CHECK(server_text(std::numeric_limits<double>::max()) == "1.7976931348623157e+308");
    CHECK(server_text(std::numeric_limits<double>::denorm_min()) == "5e-324");
    CHECK(std::isnan(server_value<double>("'NaN'::float8")));
    CHECK(std::signbit(server_value<float>("'-0'::float4")));
    std::mt19937_64 random(12);
    for (int i = 0; i < 200; ++i) {
        const auto value = std::bit_cast<double>(random());
        if (std::isnan(value)) continue;
        REQUIRE(echo(value) == value);
        REQUIRE(server_value<double>("'" + server_text(value) + "'::float8") == value);
    }
}

TEST_CASE("sums and averages of the server are read as numbers, and numeric as its exact text") {
    CHECK(server_value<std::int64_t>("sum(x::int8) FROM generate_series(1, 1000) x") == 500500);
    CHECK(server_value<double>("avg(x::int4) FROM generate_series(1, 2) x") == 1.5);
    CHECK(server_value<double>("extract(year FROM date '2024-02-29')") == 2024);
    CHECK(server_value<std::optional<std::int64_t>>("sum(x::int8) FROM generate_series(1, 0) x") ==
          std::nullopt);
    CHECK_THROWS_AS(server_value<std::int64_t>("sum(9223372036854775807) FROM generate_series(1, 2)"),
                    orm::decode_error);
    for (const char* text : {"0", "0.00", "-1", "12345678901234567890.0987654321", "0.00000000000000000001",
                             "10000", "100000000", "-0.5", "1e100", "99999999999999999999", "NaN", "Infinity",
                             "-Infinity", "123.4500", "0.0001", "0.00010", "1000000000000"}) {
        const std::string literal = "'" + std::string(text) + "'::numeric";
        CHECK(server_value<std::string>(literal) == sql_value("SELECT " + literal));
    }
    std::mt19937 random(13);
    for (int i = 0; i < 200; ++i) {
        const std::string literal = "(" + std::to_string(random()) + "::numeric * " +
                                    std::to_string(random()) + " / 10::numeric ^ " +
                                    std::to_string(random() % 30) + ")";
        const std::string text = sql_value("SELECT " + literal);
        REQUIRE(server_value<std::string>(literal) == text);
        REQUIRE(server_value<double>(literal) == std::stod(text));
    }
}
