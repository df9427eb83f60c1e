#include <asynchrormous/sql/decimal.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <doctest/doctest.h>

#include <limits>

using namespace orm::literals;
using orm::decimal;
using rounding = orm::decimal::rounding;

TEST_CASE("a decimal keeps its scale, and equals whatever has the same value") {
    CHECK(decimal("1.50").to_string() == "1.50");
    CHECK(decimal("1.50") == 1.5_dec);
    CHECK(std::hash<decimal>()(decimal("1.50")) == std::hash<decimal>()(1.5_dec));
    CHECK(std::hash<decimal>()(10_dec) != std::hash<decimal>()(1_dec));
    CHECK(decimal("-0.00").to_string() == "0.00");
    CHECK(decimal("-0") == 0);
    CHECK(decimal(".5").to_string() == "0.5");
    CHECK(decimal("5.").to_string() == "5");
    CHECK(decimal("1e3").to_string() == "1000");
    CHECK(decimal("1.25e-3").to_string() == "0.00125");
    CHECK(decimal(std::numeric_limits<std::int64_t>::min()).to_string() == "-9223372036854775808");
    CHECK(decimal(std::numeric_limits<std::uint64_t>::max()).to_string() == "18446744073709551615");
    for (const char* text :
         {"", "-", ".", "1.2.3", "1e", "e3", "1e999999", "0x1", " 1", "1 ", "nan", "--1", "1e+-3"})
        CHECK_FALSE(decimal::parse(text));
    CHECK_THROWS_AS(decimal("12,50"), orm::value_error);
}

TEST_CASE("NaN equals itself and is above everything, infinities are at the ends") {
    CHECK(decimal::nan() == decimal::nan());
    CHECK(decimal::nan() > decimal::infinity());
    CHECK(decimal::infinity() > decimal("1e1000"));
    CHECK(decimal::negative_infinity() < decimal("-1e1000"));
    CHECK((decimal::infinity() - decimal::infinity()).is_nan());
    CHECK((decimal::infinity() * 0).is_nan());
    CHECK(decimal::infinity() * -2 == decimal::negative_infinity());
    CHECK((decimal::nan() + 1).is_nan());
    CHECK((-decimal::nan()).is_nan());
}

TEST_CASE("sums, differences and products are exact") {
    CHECK((0.1_dec + 0.2_dec).to_string() == "0.3");
    CHECK((1_dec - 1.00_dec).to_string() == "0.00");
    CHECK((99.9_dec + 0.1_dec).to_string() == "100.0");
    CHECK((-2.5_dec * 2.50_dec).to_string() == "-6.250");
    CHECK((5_dec - 7_dec).to_string() == "-2");
    CHECK_THROWS_AS(decimal("1e-16383") * 0.1_dec, orm::value_error);
    CHECK_THROWS_AS(decimal("1e131071") * 10, orm::value_error);
}

TEST_CASE("rounding says how") {
    const auto all = [](const decimal& value) {
        std::string text;
        for (const rounding how :
             {rounding::half_away, rounding::half_even, rounding::toward_zero, rounding::down, rounding::up})
            text += value.rounded(0, how).to_string() + " ";
        return text;
    };
    CHECK(all(0.5_dec) == "1 0 0 0 1 ");
    CHECK(all(1.5_dec) == "2 2 1 1 2 ");
    CHECK(all(-0.5_dec) == "-1 0 0 -1 0 ");
    CHECK(all(-1.4_dec) == "-1 -1 -1 -2 -1 ");
    CHECK(all(2.51_dec) == "3 3 2 2 3 ");
    CHECK(all(9.99_dec) == "10 10 9 9 10 ");
    CHECK(all(0.001_dec) == "0 0 0 0 1 ");
    CHECK(all(7_dec) == "7 7 7 7 7 ");
    CHECK((1_dec).rounded(3).to_string() == "1.000");
    CHECK_THROWS_AS((1_dec).rounded(-1), orm::value_error);
    CHECK_THROWS_AS((1_dec).rounded(16384), orm::value_error);
}

TEST_CASE("a quotient has the scale and the rounding that are asked for") {
    CHECK((10_dec).divided(3, 4).to_string() == "3.3333");
    CHECK((20_dec).divided(3, 2).to_string() == "6.67");
    CHECK((-20_dec).divided(3, 2, rounding::toward_zero).to_string() == "-6.66");
    CHECK((1_dec).divided(8, 2, rounding::half_even).to_string() == "0.12");
    CHECK((1.25_dec).divided(0.005_dec, 0).to_string() == "250");
    CHECK((1_dec).divided(decimal::infinity(), 1).to_string() == "0.0");
    CHECK_THROWS_AS((1_dec).divided(0, 2), orm::value_error);
    CHECK((decimal::infinity().divided(decimal::infinity(), 0)).is_nan());
}

TEST_CASE("a decimal becomes a double, and an integer where it is one") {
    CHECK((0.1_dec).to_double() == 0.1);
    CHECK(decimal("1e400").to_double() == std::numeric_limits<double>::infinity());
    CHECK(decimal("-1e-400").to_double() == 0);
    CHECK(decimal::from_double(0.1).to_string() == "0.1");
    CHECK(decimal::from_double(1e22).to_string() == "10000000000000000000000");
    CHECK(decimal::from_double(-std::numeric_limits<double>::infinity()) == decimal::negative_infinity());
    CHECK((12.00_dec).to_integer() == 12);
    CHECK_THROWS_AS((12.5_dec).to_integer(), orm::value_error);
    CHECK_THROWS_AS(decimal("9223372036854775808").to_integer(), orm::value_error);
    CHECK_THROWS_AS(decimal::nan().to_integer(), orm::value_error);
}
