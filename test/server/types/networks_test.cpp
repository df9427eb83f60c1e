#include "exchange.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/network.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace test;
using namespace orm::literals;
using orm::cidr, orm::inet, orm::macaddr, orm::macaddr8;

namespace {

template <class T>
void check(const T& value) {
    REQUIRE(echo(value) == value);
    const std::string cast = "::" + std::string(orm::sql::name_of(orm::postgres::codec<T>::type));
    REQUIRE(sql_value("SELECT '" + value.to_string() + "'" + cast) == value.to_string());
    REQUIRE(server_value<T>("'" + value.to_string() + "'" + cast) == value);
}

template <class T>
T random_address(std::mt19937& random, bool v6) {
    orm::detail::ip_network parts;
    parts.family = v6 ? orm::detail::ip_family::v6 : orm::detail::ip_family::v4;
    for (std::size_t i = 0; i < parts.size(); ++i)
        parts.octets[i] = static_cast<std::uint8_t>(random() % 3 ? random() % 256 : 0);
    parts.prefix = static_cast<std::uint8_t>(random() % static_cast<unsigned>(parts.bits() + 1));
    std::optional<T> value = T::from_parts(parts);
    if (!value) {
        parts.prefix = static_cast<std::uint8_t>(parts.bits());
        value = T::from_parts(parts);
    }
    return *value;
}

struct Host {
    std::int64_t id = 0;
    inet address{};
    std::optional<cidr> network{};
    std::optional<macaddr> card{};
    macaddr8 long_card{};

    static constexpr orm::manager<Host> objects{};
};

}  // namespace

TEST_CASE("the server and we agree on addresses, of hosts and of networks") {
    std::mt19937 random(71);
    std::vector<inet> hosts{
        inet("0.0.0.0"),        inet("255.255.255.255/0"),     inet("::"), inet("::1"), inet("fe80::1/64"),
        inet("::ffff:1.2.3.4"), inet("2001:db8::ff00:42:8329")};
    std::vector<cidr> networks{cidr("10.0.0.0/8"), cidr("::/0"), cidr("1.2.3.4")};
    for (int i = 0; i < 200; ++i) hosts.push_back(random_address<inet>(random, i % 2 == 0));
    for (int i = 0; i < 200; ++i) networks.push_back(random_address<cidr>(random, i % 2 == 0));
    for (const inet& value : hosts) check(value);
    for (const cidr& value : networks) check(value);
    CHECK(echo(hosts) == hosts);
    CHECK(echo(networks) == networks);
    CHECK(server_text(std::optional<inet>()) == "NULL");
    CHECK(echo(std::optional<cidr>()) == std::nullopt);
}

TEST_CASE("the server and we agree on MAC addresses") {
    for (const char* text : {"08:00:2b:01:02:03", "ff:ff:ff:ff:ff:ff"})
        check(macaddr(std::string_view(text)));
    check(macaddr8("08:00:2b:01:02:03:04:05"));
    CHECK(server_value<macaddr>("'08002B-010203'::macaddr") == macaddr("08-00-2B-01-02-03"));
    CHECK(echo(std::vector<macaddr>{{}, macaddr("01:02:03:04:05:06")}).size() == 2);
}

TEST_CASE("texts and bytes that are no address are refused") {
    for (const char* text :
         {"", "1.2.3", "1.2.3.4/33", "1.2.3.4/", "1.2.3.4/-1", "::g", "::/129", "1.2.3.4 "})
        CHECK_FALSE(inet::parse(text));
    CHECK_FALSE(cidr::parse("10.0.0.1/8"));
    CHECK_THROWS_AS(inet("nowhere"), orm::value_error);
    for (const char* text : {"", "08:00:2b:01:02", "08:00:2b:01:02:0g", "08:00-2b:01:02:03"})
        CHECK_FALSE(macaddr::parse(text));
    const auto decode = [](std::string_view bytes) {
        return orm::postgres::codec<inet>::decode({bytes.data(), static_cast<std::int32_t>(bytes.size())});
    };
    using namespace std::string_view_literals;
    CHECK(decode("\2\40\0\4abcd"sv).to_string() == "97.98.99.100");
    for (const std::string_view wrong : {""sv, "\2\40\0"sv, "\4\40\0\4abcd"sv, "\2\41\0\4abcd"sv,
                                         "\2\40\0\5abcd"sv, "\2\40\0\4abc"sv, "\3\40\0\4abcd"sv})
        CHECK_THROWS_AS(decode(wrong), orm::decode_error);
}

TEST_CASE("addresses in models: lookups of networks, order, lists") {
    const fresh_schema schema;
    orm::database db = orm::connect(schema.url());
    db.make_current();
    orm::create_tables<Host>().get();
    Host::objects.create(
        {.address = inet("10.1.2.3"), .network = cidr("10.0.0.0/8"), .card = macaddr("01:02:03:04:05:06")});
    Host::objects.create({.address = inet("::1")});
    CHECK(Host::objects.get("address"_k = inet("::1")).network == std::nullopt);
    CHECK(Host::objects.filter("address__net_contained_by"_k = inet("10.0.0.0/8")).count() == 1);
    CHECK(Host::objects.filter("network__net_contains"_k = cidr("10.1.0.0/16")).count() == 1);
    CHECK(Host::objects.filter("network__net_overlap"_k = cidr("10.1.0.0/16")).count() == 1);
    CHECK(Host::objects.filter("address__lt"_k = inet("11.0.0.0")).count() == 1);
    CHECK(Host::objects.filter("address__in"_k = std::vector<inet>{inet("::1"), inet("::2")}).count() == 1);
    CHECK(Host::objects.filter("card"_k = macaddr("01:02:03:04:05:06")).count() == 1);
    db.close().get();
}
