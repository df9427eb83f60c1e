#include "codec_support.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace test;
namespace oid = orm::sql::oid;
using orm::decode_error;

namespace {

template <class T>
concept has_codec = requires { orm::postgres::codec<T>::type; };

static_assert(has_codec<short> && has_codec<int> && has_codec<long> && has_codec<long long>);
static_assert(!has_codec<unsigned> && !has_codec<unsigned long> && !has_codec<char> &&
              !has_codec<signed char>);
static_assert(!has_codec<wchar_t> && !has_codec<std::byte> && !has_codec<void*> && !has_codec<const char*>);

template <class T>
void check_random_round_trips() {
    std::mt19937_64 random(1);
    for (int i = 0; i < 1000; ++i) {
        const T value = static_cast<T>(random());
        REQUIRE(round_trip(value) == value);
    }
    CHECK(round_trip(std::numeric_limits<T>::min()) == std::numeric_limits<T>::min());
    CHECK(round_trip(std::numeric_limits<T>::max()) == std::numeric_limits<T>::max());
}

}  // namespace

TEST_CASE("integers travel big-endian in two, four and eight bytes") {
    CHECK(encoded<std::int16_t>(258) == octets({1, 2}));
    CHECK(encoded<std::int32_t>(-2) == octets({255, 255, 255, 254}));
    CHECK(encoded<std::int64_t>(1) == octets({0, 0, 0, 0, 0, 0, 0, 1}));
    check_random_round_trips<short>();
    check_random_round_trips<int>();
    check_random_round_trips<long>();
    check_random_round_trips<long long>();
}

TEST_CASE("a length that lies is an error that names the type") {
    CHECK(message_of<decode_error>([] { decoded<int>(octets({1, 2, 3})); }) ==
          "a value of type integer cannot have 3 bytes");
    CHECK_THROWS_AS(decoded<std::int64_t>(std::string(4, '\0')), decode_error);
    CHECK_THROWS_AS(decoded<short>(""), decode_error);
    CHECK_THROWS_AS(decoded<double>(std::string(9, '\0')), decode_error);
    CHECK(message_of<decode_error>([] { orm::postgres::codec<int>::decode({nullptr, -1}); }) ==
          "NULL of type integer read into a C++ type that is no std::optional");
}

TEST_CASE("integers are read from columns of other integer types, checked for range") {
    CHECK(read_as<std::int64_t>(oid::int2, encoded<std::int16_t>(-7)) == -7);
    CHECK(read_as<std::int64_t>(oid::int4, encoded<std::int32_t>(INT32_MIN)) == INT32_MIN);
    CHECK(read_as<std::int32_t>(oid::int8, encoded<std::int64_t>(INT32_MAX)) == INT32_MAX);
    CHECK(read_as<std::int16_t>(oid::int4, encoded<std::int32_t>(-32768)) == -32768);
    CHECK(read_as<std::int64_t>(oid::oid, octets({255, 255, 255, 255})) == 4294967295);
    CHECK(message_of<decode_error>([] { read_as<int>(oid::int8, encoded<std::int64_t>(2147483648)); }) ==
          "the value 2147483648 does not fit the C++ type, which holds -2147483648 to 2147483647");
    CHECK_THROWS_AS(read_as<std::int16_t>(oid::int4, encoded<std::int32_t>(32768)), decode_error);
    CHECK_THROWS_AS(read_as<std::int16_t>(oid::int8, encoded<std::int64_t>(-32769)), decode_error);
    CHECK_THROWS_AS(read_as<std::int64_t>(oid::int4, octets({1, 2})), decode_error);
}

TEST_CASE("a bool is one byte that is 0 or 1") {
    CHECK(round_trip(true));
    CHECK_FALSE(round_trip(false));
    CHECK_THROWS_AS(decoded<bool>(octets({2})), decode_error);
    CHECK_THROWS_AS(decoded<bool>(octets({255})), decode_error);
    CHECK_THROWS_AS(decoded<bool>(""), decode_error);
    CHECK_THROWS_AS(decoded<bool>(octets({1, 0})), decode_error);
    CHECK_THROWS_AS(read_as<bool>(oid::int4, encoded<int>(1)), decode_error);
}

TEST_CASE("NaN, the infinities and -0 travel as they are") {
    CHECK(std::isnan(round_trip(std::nan(""))));
    CHECK(std::isnan(round_trip(std::nanf(""))));
    CHECK(round_trip(HUGE_VAL) == HUGE_VAL);
    CHECK(round_trip(-HUGE_VALF) == -HUGE_VALF);
    CHECK(std::signbit(round_trip(-0.0)));
    CHECK(std::signbit(round_trip(-0.0F)));
    CHECK(round_trip(std::numeric_limits<double>::denorm_min()) == std::numeric_limits<double>::denorm_min());
    CHECK(round_trip(1.1F) == 1.1F);
}

TEST_CASE("a double is read from smaller numbers, a float from nothing else") {
    CHECK(read_as<double>(oid::float4, encoded(1.5F)) == 1.5);
    CHECK(read_as<double>(oid::int2, encoded<std::int16_t>(-3)) == -3);
    CHECK(read_as<double>(oid::int4, encoded<std::int32_t>(7)) == 7);
    CHECK_THROWS_AS(read_as<double>(oid::int8, encoded<std::int64_t>(7)), decode_error);
    CHECK_THROWS_AS(read_as<float>(oid::float8, encoded(1.5)), decode_error);
}

TEST_CASE("sums and averages, which are numeric, are read as numbers") {
    // 12345678.5: digits 1234 5678 5000
    const std::string fraction = shorts({3, 1, 0, 1, 1234, 5678, 5000});
    CHECK(read_as<double>(oid::numeric, fraction) == 12345678.5);
    CHECK(read_as<std::string>(oid::numeric, fraction) == "12345678.5");
    CHECK(message_of<decode_error>([&] { read_as<std::int64_t>(oid::numeric, fraction); }) ==
          "the value 12345678.5 has a fraction and cannot be read as an integer");
    CHECK(read_as<std::int64_t>(oid::numeric, shorts({2, 1, 0x4000, 0, 1234, 5678})) == -12345678);
    CHECK(read_as<std::int64_t>(oid::numeric, shorts({1, 1, 0, 3, 5})) == 50000);
    CHECK(read_as<std::int64_t>(oid::numeric, shorts({0, 0, 0, 0})) == 0);
    CHECK(read_as<std::string>(oid::numeric, shorts({1, -1, 0, 2, 500})) == "0.05");
    CHECK(read_as<std::string>(oid::numeric, shorts({1, -2, 0x4000, 8, 1})) == "-0.00000001");
    CHECK(read_as<std::string>(oid::numeric, shorts({1, 0, 0, 4, 1})) == "1.0000");
}

TEST_CASE("numerics beyond a type's range are errors, beyond a double's an infinity") {
    const std::string huge = shorts({1, 5, 0, 0, 1});  // 10^20
    CHECK_THROWS_AS(read_as<std::int64_t>(oid::numeric, huge), decode_error);
    CHECK(read_as<double>(oid::numeric, huge) == 1e20);
    CHECK(read_as<double>(oid::numeric, shorts({1, 32767, 0x4000, 0, 1})) == -HUGE_VAL);
    CHECK(read_as<double>(oid::numeric, shorts({1, -4000, 0, 16380, 1})) == 0.0);
    CHECK_THROWS_AS(read_as<int>(oid::numeric, shorts({1, 2, 0, 0, 30})), decode_error);  // 3 * 10^9
    CHECK(std::isnan(read_as<double>(oid::numeric, shorts({0, 0, 0xc000, 0}))));
    CHECK(read_as<double>(oid::numeric, shorts({0, 0, 0xd000, 0})) == HUGE_VAL);
    CHECK(read_as<double>(oid::numeric, shorts({0, 0, 0xf000, 0})) == -HUGE_VAL);
    CHECK_THROWS_AS(read_as<std::int64_t>(oid::numeric, shorts({0, 0, 0xc000, 0})), decode_error);
}

TEST_CASE("a numeric that contradicts itself is refused") {
    for (const std::string& bytes :
         {shorts({2, 0, 0, 0, 1}), shorts({-1, 0, 0, 0}), shorts({1, 0, 0, 0, 10000}),
          shorts({1, 0, 0, 0, -1}), shorts({0, 0, 0x1234, 0}), shorts({0, 0, 0, 0x4000}), shorts({0, 0, 0}),
          std::string("x")})
        CHECK_THROWS_AS(read_as<double>(oid::numeric, bytes), decode_error);
}

TEST_CASE("what a column may be is asked before anything is decoded") {
    using orm::postgres::accepts;
    CHECK(accepts<int>(oid::int4));
    CHECK(accepts<int>(oid::int8));
    CHECK_FALSE(accepts<int>(oid::text));
    CHECK_FALSE(accepts<int>(oid::float8));
    CHECK(accepts<double>(oid::numeric));
    CHECK(accepts<std::optional<double>>(oid::float8));
    CHECK_FALSE(accepts<bool>(oid::int4));
    CHECK_FALSE(accepts<int>(0));
    CHECK(message_of<decode_error>([] { read_as<int>(oid::text, "12"); }) ==
          "a value of PostgreSQL's type text cannot be read as bigint; change the C++ type, or cast in SQL");
    CHECK(message_of<decode_error>([] { read_as<bool>(99999, "1"); }) ==
          "a value of PostgreSQL's type with oid 99999 cannot be read as boolean; change the C++ type, or "
          "cast in SQL");
    CHECK(std::string(decode_error("too large").in_column("pages").what()) == "column \"pages\": too large");
}
