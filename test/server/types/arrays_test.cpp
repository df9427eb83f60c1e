#include "exchange.hpp"

#include <doctest/doctest.h>

using namespace test;

TEST_CASE("the server and we agree on arrays: empty, with NULLs, with other lower bounds") {
    CHECK(server_text(std::vector<int>()) == "{}");
    CHECK(server_text(std::vector<std::optional<int>>{1, std::nullopt}) == "{1,NULL}");
    CHECK(server_value<std::vector<int>>("'{}'::int4[]").empty());
    CHECK(server_value<std::vector<int>>("'[5:6]={7,8}'::int4[]") == std::vector<int>{7, 8});
    CHECK(server_value<std::vector<std::int64_t>>("'{1,2}'::int2[]") == std::vector<std::int64_t>{1, 2});
    CHECK(server_value<std::optional<std::vector<int>>>("NULL::int4[]") == std::nullopt);
    CHECK_THROWS_AS(server_value<std::vector<int>>("'{NULL}'::int4[]"), orm::decode_error);
    CHECK_THROWS_AS(server_value<std::vector<int>>("'{{1,2},{3,4}}'::int4[]"), orm::decode_error);
}

TEST_CASE("a list of values is one parameter of = ANY, empty ones too") {
    const auto count = [](const auto& values) {
        return first_field<std::int64_t>(
            wire().exec_binary("SELECT count(*) FROM generate_series(1, 9) x WHERE x = ANY($1)",
                               {bound(orm::postgres::to_parameter(values))}));
    };
    CHECK(count(std::vector<int>{2, 3, 99}) == 2);
    CHECK(count(std::vector<int>()) == 0);
}

TEST_CASE("text arrays fit varchar columns, which is how lists of values meet them") {
    const fresh_schema schema;
    plain_connection connection(schema.url());
    connection.exec("CREATE TABLE t (v varchar(10), c char(5)); INSERT INTO t VALUES ('a', 'a'), ('b', 'b')");
    const std::vector<std::string> wanted{"a", "c"};
    const auto by_varchar = connection.exec_binary("SELECT v FROM t WHERE v = ANY($1)",
                                                   {bound(orm::postgres::to_parameter(wanted))});
    CHECK(first_field<std::string>(by_varchar) == "a");
    orm::sql::parameter padded{{orm::sql::type_kind::bpchar, true}, std::string()};
    orm::postgres::codec<std::vector<std::string>>::encode_as(padded.type, wanted, *padded.bytes);
    const auto by_char = connection.exec_binary("SELECT v FROM t WHERE c = ANY($1)", {bound(padded)});
    CHECK(first_field<std::string>(by_char) == "a");
}
