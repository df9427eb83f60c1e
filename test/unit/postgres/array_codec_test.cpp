#include "codec_support.hpp"

#include <asynchrormous/sql/value_error.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <random>

using namespace test;
namespace oid = orm::sql::oid;
using orm::decode_error;

namespace {

template <class T>
concept has_codec = requires { orm::postgres::codec<T>::type; };

static_assert(has_codec<std::vector<std::optional<orm::uuid>>> && !has_codec<std::vector<std::vector<int>>>);
static_assert(!has_codec<std::vector<unsigned>>);

enum class size { small, large };

template <class T>
void check(const std::vector<T>& value) {
    CHECK(round_trip(value) == value);
}

}  // namespace

TEST_CASE("arrays of every type come back, empty ones with the right element type") {
    check<int>({});
    check<int>({1, -2, INT32_MAX});
    check<bool>({true, false, true});
    check<std::string>({"", "a", "{,\"NULL\"}"});
    check<orm::bytes>({{}, {std::byte{0}}});
    check<orm::date>({orm::date::infinity(), orm::date(2024, 2, 29)});
    check<size>({size::large, size::small});
    check<std::optional<double>>({1.5, std::nullopt});
    check<nlohmann::json>({nlohmann::json(nullptr), nlohmann::json{{"a", 1}}});
    CHECK(encoded(std::vector<std::int64_t>()) == words({0, 0, oid::int8}));
    CHECK(encoded(std::vector<size>()) == words({0, 0, oid::text}));
    CHECK(encoded(std::vector<int>{7}) == words({1, 0, oid::int4, 1, 1, 4, 7}));
    CHECK(encoded(std::vector<std::optional<int>>{std::nullopt}) == words({1, 1, oid::int4, 1, 1, -1}));
}

TEST_CASE("an array may be written as another type of the same format") {
    std::string out;
    orm::postgres::codec<std::vector<std::string>>::encode_as({orm::sql::type_kind::bpchar, true}, {"a"},
                                                              out);
    CHECK(out == words({1, 0, oid::bpchar, 1, 1, 1}) + "a");
}

TEST_CASE("elements are converted as columns are, by the type the array itself names") {
    CHECK(read_as<std::vector<std::int64_t>>(oid::int4_array, encoded(std::vector<int>{1, 2})) ==
          std::vector<std::int64_t>{1, 2});
    CHECK(orm::postgres::accepts<std::vector<std::int64_t>>(oid::int2_array));
    CHECK(orm::postgres::accepts<std::vector<std::string>>(oid::varchar_array));
    CHECK_FALSE(orm::postgres::accepts<std::vector<std::string>>(oid::int4_array));
    CHECK_FALSE(orm::postgres::accepts<std::vector<int>>(oid::int4));
    CHECK_FALSE(orm::postgres::accepts<int>(oid::int4_array));
    CHECK_FALSE(orm::postgres::accepts<std::vector<int>>(99999));
    CHECK_THROWS_AS(decoded<std::vector<int>>(words({1, 0, oid::text, 1, 1, 4, 7})), decode_error);
}

TEST_CASE("lower bounds are ignored, more dimensions are refused by name") {
    CHECK(decoded<std::vector<int>>(words({1, 0, oid::int4, 1, -5, 4, 7})) == std::vector<int>{7});
    CHECK(message_of<decode_error>([] {
              decoded<std::vector<int>>(words({2, 0, oid::int4, 1, 1, 1, 1, 4, 7}));
          }) == "an array of 2 dimensions: a std::vector takes one of one dimension only");
}

TEST_CASE("a NULL element needs a place") {
    const std::string bytes = words({1, 1, oid::int4, 2, 1, -1, 4, 7});
    CHECK(decoded<std::vector<std::optional<int>>>(bytes) ==
          std::vector<std::optional<int>>{std::nullopt, 7});
    CHECK(message_of<decode_error>([&] { decoded<std::vector<int>>(bytes); }) ==
          "a NULL in an array of type integer[]: read it into a std::vector<std::optional<...>>");
}

TEST_CASE("an array that lies about its size is refused before memory is asked for") {
    for (const std::string& bytes : {
             std::string(),
             words({1, 0}),
             words({1, 0, oid::int4}),
             words({1, 0, oid::int4, 0x7fffffff, 1, 4, 7}),
             words({1, 0, oid::int4, -1, 1}),
             words({1, 0, oid::int4, 2, 1, 4, 7}),
             words({1, 0, oid::int4, 1, 1, 4}),
             words({1, 0, oid::int4, 1, 1, 400, 7}),
             words({1, 0, oid::int4, 1, 1, -2, 7}),
             words({1, 0, oid::int4, 1, 1, 4, 7, 8}),
             words({1, 0, oid::int4, 0, 1, 8}),
             words({0, 0, oid::int4, 1}),
             words({-1, 0, oid::int4, 1, 1}),
         })
        CHECK_THROWS_AS(decoded<std::vector<int>>(bytes), decode_error);
    CHECK_THROWS_AS(orm::postgres::codec<std::vector<int>>::decode({nullptr, -1}), decode_error);
    CHECK_THROWS_AS(decoded<std::vector<std::string>>(words({1, 0, oid::text, 1, 1, 2}) + "x"), decode_error);
    CHECK(message_of<decode_error>([] {
              decoded<std::vector<int>>(words({1, 0, oid::int4, 0x7fffffff, 1, 4, 7}));
          }) == "malformed integer[] from the server: it has fewer bytes than elements need");
}
