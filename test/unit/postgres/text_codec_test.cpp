#include "codec_support.hpp"

#include <asynchrormous/sql/value_error.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <cmath>

using namespace test;
using nlohmann::json;
namespace oid = orm::sql::oid;
using orm::decode_error;
using orm::value_error;

namespace shop {
enum class color { red, green = 5, blue };
}  // namespace shop

TEST_CASE("text travels as its bytes, whatever its length") {
    for (const std::string& text :
         {std::string(), std::string("Ursula"), std::string("\xc3\xa9\xf0\x9f\x98\x80"),
          std::string(100000, 'x'), std::string("it's \\ \" %_")})
        CHECK(round_trip(text) == text);
    CHECK(decoded<std::string>("").empty());
}

TEST_CASE("a NUL byte in text is refused before it is sent, and named") {
    CHECK(message_of<value_error>([] { encoded(std::string("ab\0cd", 5)); }) ==
          "a text with a NUL byte at offset 2: PostgreSQL's text types cannot hold it; remove it, or store "
          "orm::bytes");
    CHECK_THROWS_AS(encoded(std::vector<std::string>{"fine", std::string(1, '\0')}), value_error);
}

TEST_CASE("a string is read from every built-in text type and from no other") {
    for (const std::uint32_t type : {oid::text, oid::varchar, oid::bpchar, oid::name, oid::json})
        CHECK(read_as<std::string>(type, "x ") == "x ");
    for (const std::uint32_t type : {oid::bytea, oid::jsonb, oid::int4, oid::uuid, oid::text_array, 99999U}) {
        CHECK_FALSE(orm::postgres::accepts<std::string>(type));
        CHECK_THROWS_AS(read_as<std::string>(type, "x"), decode_error);
    }
    CHECK_THROWS_AS(orm::postgres::codec<std::string>::decode({nullptr, -1}), decode_error);
}

TEST_CASE("bytes hold anything, zeros too") {
    orm::bytes all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::byte>(i));
    CHECK(round_trip(all) == all);
    CHECK(round_trip(orm::bytes()) == orm::bytes());
    CHECK(encoded(orm::bytes{std::byte{0}, std::byte{255}}) == octets({0, 255}));
}

TEST_CASE("an enum travels by the name of its enumerator") {
    CHECK(encoded(shop::color::green) == "green");
    CHECK(decoded<shop::color>("blue") == shop::color::blue);
    CHECK(read_as<shop::color>(oid::varchar, "red") == shop::color::red);
    CHECK_THROWS_AS(read_as<shop::color>(oid::int4, encoded(5)), decode_error);
    CHECK(message_of<decode_error>([] {
              decoded<shop::color>("mauve");
          }).find("'mauve' is no enumerator of ") != std::string::npos);
    CHECK(message_of<value_error>([] { encoded(static_cast<shop::color>(3)); }).find("the value 3 of ") == 0);
    CHECK_THROWS_AS(orm::postgres::codec<shop::color>::decode({nullptr, -1}), decode_error);
    CHECK(orm::postgres::codec<shop::color>::type.identity != nullptr);
    CHECK(orm::sql::oid_of(orm::postgres::codec<shop::color>::type) == oid::text);
}

TEST_CASE("json travels as jsonb, version 1, and is read from json as well") {
    const json value = {{"title", "Tehanu"}, {"pages", 252}, {"tags", {"a", nullptr, true, 1.5}}};
    CHECK(round_trip(value) == value);
    CHECK(encoded(json(nullptr)) == "\1null");
    CHECK(read_as<json>(oid::json, R"( {"a": [1, 2]} )") == json{{"a", {1, 2}}});
    CHECK(round_trip(json(INT64_MIN)) == json(INT64_MIN));
    CHECK(round_trip(json(UINT64_MAX)) == json(UINT64_MAX));
    CHECK(round_trip(json("\\u0000 is text")) == json("\\u0000 is text"));
}

TEST_CASE("json that is none, or of another version, is refused") {
    for (const std::string& bytes :
         {std::string(), std::string("\1"), std::string("\1{"), std::string("\2null"), std::string("null"),
          std::string("\1") + "1e999", std::string("\1\"\xff\"")})
        CHECK_THROWS_AS(decoded<json>(bytes), decode_error);
    CHECK_THROWS_AS(read_as<json>(oid::text, "1"), decode_error);
    CHECK_THROWS_AS(orm::postgres::codec<json>::decode({nullptr, -1}), decode_error);
    CHECK_THROWS_AS(orm::postgres::codec<json>::convert({nullptr, -1}, oid::json), decode_error);
}

TEST_CASE("what jsonb cannot hold is refused before it is sent") {
    CHECK_THROWS_AS(encoded(json(std::string(1, '\0'))), value_error);
    CHECK_THROWS_AS(encoded(json{{"list", {1, {{std::string("k\0y", 3), 1}}}}}), value_error);
    CHECK_THROWS_AS(encoded(json{1, std::nan("")}), value_error);
    CHECK_THROWS_AS(encoded(json(HUGE_VAL)), value_error);
    CHECK_THROWS_AS(encoded(json("\xff")), value_error);
    CHECK_THROWS_AS(encoded(json::binary({1, 2})), value_error);
}
