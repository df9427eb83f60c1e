#include "exchange.hpp"

#include <asynchrormous/sql/value_error.hpp>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <random>

using namespace test;
using nlohmann::json;

namespace {

enum class color { red, green, blue };

std::string random_text(std::mt19937& random) {
    static const std::string letters[] = {"a",  "'", "\\", "\"", "{", ",", "}",
                                          "\n", "é", "漢", "😀", " ", "%", "NULL"};
    std::string text;
    for (std::size_t size = random() % 20; size > 0; --size) text += letters[random() % std::size(letters)];
    return text;
}

}  // namespace

TEST_CASE("the server and we agree on text") {
    std::mt19937 random(21);
    std::vector<std::string> all{"", std::string(70000, 'x')};
    for (int i = 0; i < 100; ++i) all.push_back(random_text(random));
    for (const std::string& text : all) {
        REQUIRE(server_text(text) == text);
        REQUIRE(echo(text) == text);
    }
    REQUIRE(echo(all) == all);
    CHECK(server_text(std::optional<std::string>()) == "NULL");
    CHECK(echo(std::vector<std::optional<std::string>>{"NULL", std::nullopt}) ==
          std::vector<std::optional<std::string>>{"NULL", std::nullopt});
}

TEST_CASE("every built-in kind of text is read into a string") {
    CHECK(server_value<std::string>("'ab'::varchar(5)") == "ab");
    CHECK(server_value<std::string>("'ab'::char(4)") == "ab  ");
    CHECK(server_value<std::string>("'a b'::name") == "a b");
    CHECK(server_value<std::string>("'[1]'::json") == "[1]");
    CHECK(server_value<std::vector<std::string>>("ARRAY['a']::varchar[]") == std::vector<std::string>{"a"});
    CHECK(server_value<std::vector<std::string>>("ARRAY['a']::name[]") == std::vector<std::string>{"a"});
}

TEST_CASE("a type of the user's is read into a string when SQL casts it, and refused otherwise") {
    const fresh_schema schema;
    const std::string mood = schema.name() + ".mood";
    exec_sql("CREATE TYPE " + mood + " AS ENUM ('sad')");
    CHECK_THROWS_AS(server_value<std::string>("'sad'::" + mood), orm::decode_error);
    CHECK(server_value<std::string>("'sad'::" + mood + "::text") == "sad");
}

TEST_CASE("text that is no UTF-8 is refused by the server, a NUL byte by us before") {
    try {
        server_text(std::string("\xff\xfe"));
        FAIL("it was accepted");
    } catch (const std::runtime_error& failure) {
        CHECK(std::string(failure.what()).find("invalid byte sequence") != std::string::npos);
    }
    CHECK_THROWS_AS(server_text(std::string("a\0b", 3)), orm::value_error);
}

TEST_CASE("the server and we agree on bytes") {
    orm::bytes all;
    for (int i = 0; i < 256; ++i) all.push_back(static_cast<std::byte>(i));
    CHECK(echo(all) == all);
    CHECK(server_text(orm::bytes{std::byte{0}, std::byte{0xff}}) == "\\x00ff");
    CHECK(server_value<orm::bytes>("'\\xdeadbeef'::bytea").size() == 4);
    CHECK(echo(std::vector<orm::bytes>{{}, all}) == std::vector<orm::bytes>{{}, all});
}

TEST_CASE("the server and we agree on enumerators, which are text") {
    CHECK(server_text(color::green) == "green");
    CHECK(server_value<color>("'blue'::varchar(10)") == color::blue);
    CHECK(echo(std::vector<color>{color::red, color::blue}) == std::vector<color>{color::red, color::blue});
    CHECK_THROWS_AS(server_value<color>("'mauve'"), orm::decode_error);
}

TEST_CASE("the server and we agree on json") {
    const json value = {
        {"title", "漢 \"x\" \\u0000"}, {"pages", {1, -2.5, nullptr, true, INT64_MAX}}, {"", json::object()}};
    CHECK(echo(value) == value);
    CHECK(json::parse(server_text(value)) == value);
    CHECK(server_value<json>("'{\"a\": [1, 2.50]}'::jsonb") == json{{"a", {1, 2.5}}});
    CHECK(server_value<json>("'{\"a\": [1, 2.50]}'::json") == json{{"a", {1, 2.5}}});
    CHECK(server_text(json(nullptr)) == "null");
    CHECK(server_value<std::optional<json>>("NULL::jsonb") == std::nullopt);
    CHECK(echo(std::vector<json>{1, "a"}) == std::vector<json>{1, "a"});
    CHECK(server_value<std::vector<json>>("ARRAY['1']::json[]") == std::vector<json>{1});
}
