#include "exchange.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/decimal.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace test;
using namespace orm::literals;
using orm::decimal;

namespace {

decimal random_decimal(std::mt19937& random) {
    std::string text = random() % 2 ? "-" : "";
    for (std::size_t size = 1 + random() % 30; size > 0; --size)
        text += static_cast<char>('0' + (random() % 3 ? random() % 10 : 0));
    if (random() % 3) text += '.';
    if (text.back() == '.')
        for (std::size_t size = 1 + random() % 30; size > 0; --size)
            text += static_cast<char>('0' + (random() % 3 ? random() % 10 : 0));
    return decimal(text);
}

struct Item {
    std::int64_t id = 0;
    std::string name{};
    decimal price{};
    std::optional<decimal> tax{};
    std::vector<decimal> history{};
    int count = 0;

    static constexpr auto meta = orm::meta(orm::column<&Item::price>(orm::numeric_size(10, 2)));
    static constexpr orm::manager<Item> objects{};
};

struct Town {
    std::int64_t id = 0;
    decimal people{};

    static constexpr auto meta = orm::meta(orm::column<&Town::people>(orm::numeric_size(5, -3)));
    static constexpr orm::manager<Town> objects{};
};

struct items_fixture {
    items_fixture() : db(orm::connect(schema.url())) {
        db.make_current();
        orm::create_tables<Item>().get();
        Item::objects.create(
            {.name = "pen", .price = 1.10_dec, .tax = 0.2_dec, .history = {1, 1.05_dec}, .count = 3});
        Item::objects.create({.name = "ink", .price = 12.345_dec, .count = 2});
    }
    ~items_fixture() { db.close().get(); }

    fresh_schema schema{};
    orm::database db;
};

}  // namespace

TEST_CASE("the server and we agree on decimals, of any size and scale, NaN and infinities") {
    std::vector<decimal> all;
    for (const char* text :
         {"0", "0.00", "-1", "1.50", "10000", "100000000", "99999999", "0.0001", "0.00010", "0.00001",
          "12345678901234567890.0987654321", "NaN", "Infinity", "-Infinity", "1e131071", "1e-16383"})
        all.emplace_back(std::string_view(text));
    std::mt19937 random(41);
    for (int i = 0; i < 300; ++i) all.push_back(random_decimal(random));
    for (const decimal& value : all) {
        REQUIRE(server_text(value) == value.to_string());
        REQUIRE(echo(value).to_string() == value.to_string());
        REQUIRE(server_value<decimal>("'" + value.to_string() + "'::numeric").to_string() ==
                value.to_string());
    }
    CHECK(echo(all) == all);
    CHECK(server_text(std::optional<decimal>()) == "NULL");
    CHECK(echo(std::optional<decimal>()) == std::nullopt);
    CHECK(echo(std::vector<std::optional<decimal>>{1.5_dec, std::nullopt}) ==
          std::vector<std::optional<decimal>>{1.5_dec, std::nullopt});
    CHECK(server_value<decimal>("7::int2") == 7);
    CHECK(server_value<decimal>("sum(x::int8) FROM generate_series(1, 1000) x") == 500500);
    CHECK_THROWS_AS(server_value<decimal>("1.5::float8"), orm::decode_error);
}

TEST_CASE("decimals are computed, rounded and ordered as the server does it") {
    std::mt19937 random(42);
    for (int i = 0; i < 100; ++i) {
        const decimal a = random_decimal(random), b = random_decimal(random);
        const std::string x = "'" + a.to_string() + "'::numeric", y = "'" + b.to_string() + "'::numeric";
        REQUIRE((a + b).to_string() == sql_value("SELECT " + x + " + " + y));
        REQUIRE((a - b).to_string() == sql_value("SELECT " + x + " - " + y));
        REQUIRE((a * b).to_string() == sql_value("SELECT " + x + " * " + y));
        REQUIRE((a < b) == (sql_value("SELECT " + x + " < " + y) == "t"));
        const int scale = static_cast<int>(random() % 20);
        REQUIRE(a.rounded(scale).to_string() ==
                sql_value("SELECT round(" + x + ", " + std::to_string(scale) + ")"));
        REQUIRE(a.rounded(scale, decimal::rounding::toward_zero).to_string() ==
                sql_value("SELECT trunc(" + x + ", " + std::to_string(scale) + ")"));
        if (b.is_zero()) continue;
        REQUIRE(a.divided(b, 0, decimal::rounding::toward_zero).to_string() ==
                sql_value("SELECT div(" + x + ", " + y + ")"));
    }
}

TEST_CASE_FIXTURE(items_fixture, "decimals in models: sizes, lookups, exact sums and averages, arithmetic") {
    using orm::F;
    CHECK(Item::objects.get("name"_k = "pen").price.to_string() == "1.10");
    CHECK(Item::objects.get("name"_k = "ink").price.to_string() == "12.35");  // the column has two decimals
    CHECK(Item::objects.get("name"_k = "ink").tax == std::nullopt);
    CHECK(Item::objects.get("name"_k = "pen").history == std::vector<decimal>{1, 1.05_dec});
    CHECK(Item::objects.filter("price__gt"_k = 1.1_dec).count() == 1);
    CHECK(Item::objects.filter("price"_k = 1.1_dec).count() == 1);
    CHECK(Item::objects.filter("price__gte"_k = 1).count() == 2);
    CHECK(Item::objects.filter("price__in"_k = std::vector<decimal>{1.1_dec, 5}).count() == 1);
    CHECK(Item::objects.filter("price__range"_k = std::pair(1.1_dec, decimal(12))).count() == 1);
    CHECK(Item::objects.filter("price__floor"_k = 12).count() == 1);
    CHECK(Item::objects.filter("tax__isnull"_k = true).count() == 1);
    CHECK(Item::objects.filter("history__contains"_k = std::vector<decimal>{1}).count() == 1);
    CHECK(Item::objects.filter(F<"price"> * F<"count"> > 3.3_dec).count() == 1);
    const std::optional<decimal> sum = Item::objects.aggregate(orm::sum<"price">);
    CHECK(sum->to_string() == "13.45");
    const std::optional<decimal> average = Item::objects.aggregate(orm::avg<"price">);
    CHECK(*average == 6.725_dec);
    const std::optional<decimal> total = Item::objects.aggregate(orm::sum<>(F<"price"> * F<"count">));
    CHECK(*total == 28_dec);
}

TEST_CASE_FIXTURE(items_fixture, "a size with a negative scale rounds before the point") {
    orm::create_tables<Town>().get();
    Town::objects.create({.people = 12'345'678});
    CHECK(Town::objects.get().people == 12'346'000);
    CHECK_THROWS_AS(Town::objects.create({.people = 123'456'789}), orm::error);
}
