#include "exchange.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/more_types.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace test;
using namespace orm::literals;
using orm::bit_string, orm::money, orm::nd_array, orm::tsvector, orm::xml;

namespace {

template <class T>
std::string bytes_of(const T& value) {
    std::string out;
    orm::postgres::codec<T>::encode(value, out);
    return out;
}

template <class T>
T of_bytes(std::string_view bytes) {
    return orm::postgres::codec<T>::decode({bytes.data(), static_cast<std::int32_t>(bytes.size())});
}

// Whatever is cut off the end or put behind it is refused.
template <class T>
void check_hostile(const T& value) {
    const std::string bytes = bytes_of(value);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_THROWS_AS(of_bytes<T>(bytes.substr(0, size)), orm::decode_error);
    CHECK_THROWS_AS(of_bytes<T>(bytes + '\0'), orm::decode_error);
}

template <class T>
void check_null() {
    CHECK(server_text(std::optional<T>()) == "NULL");
    CHECK(echo(std::optional<T>()) == std::nullopt);
}

struct Page {
    std::int64_t id = 0;
    bit_string flags{};
    money price{};
    std::optional<xml> markup{};
    tsvector words{};
    nd_array<int> grid{};

    static constexpr orm::manager<Page> objects{};
};

}  // namespace

TEST_CASE("the server and we agree on strings of bits") {
    std::mt19937 random(91);
    std::vector<bit_string> all{
        {}, bit_string("1"), bit_string("0"), bit_string("10000000"), bit_string("000000001")};
    for (int i = 0; i < 100; ++i) {
        std::vector<bool> bits(random() % 70);
        for (std::size_t j = 0; j < bits.size(); ++j) bits[j] = random() % 2 == 1;
        all.emplace_back(std::move(bits));
    }
    for (const bit_string& value : all) {
        REQUIRE(server_text(value) == value.to_string());
        REQUIRE(echo(value) == value);
        REQUIRE(server_value<bit_string>("B'" + value.to_string() + "'::varbit") == value);
    }
    CHECK(echo(all) == all);
    CHECK(server_value<bit_string>("B'1011'::bit(4)") == bit_string("1011"));
    CHECK_THROWS_AS(bit_string("102"), orm::value_error);
    check_hostile(bit_string("101100111000"));
    check_null<bit_string>();
}

TEST_CASE("the server and we agree on money, whose units the server's locale decides") {
    plain_connection& connection = wire();
    connection.exec("SET lc_monetary = 'C'");
    for (const std::int64_t units :
         {std::int64_t{0}, std::int64_t{-1}, INT64_MIN, INT64_MAX, std::int64_t{12345}})
        CHECK(echo(money{units}) == money{units});
    CHECK(server_text(money{-12345}) == "-$123.45");
    CHECK(server_value<money>("'$1.50'::money") == money{150});
    check_hostile(money{7});
    check_null<money>();
}

TEST_CASE("the server and we agree on XML") {
    for (const char* text : {"<a/>", "<a b=\"c\">d &amp; é</a>", "no markup", "<a/><b/>"}) {
        CHECK(server_text(xml{text}) == text);
        CHECK(echo(xml{text}) == xml{text});
    }
    CHECK(server_value<xml>("xmlelement(name a, 'b')") == xml{"<a>b</a>"});
    CHECK_THROWS_AS(echo(xml{"<a>"}), std::runtime_error);
    check_null<xml>();
}

TEST_CASE("the server and we agree on the words of documents") {
    const tsvector value{
        {{"cat", {{3, 'D'}}}, {"fat", {{2, 'D'}, {11, 'B'}}}, {"a'b", {{16383, 'A'}}}, {"rat", {}}}};
    const tsvector ordered{
        {{"a'b", {{16383, 'A'}}}, {"cat", {{3, 'D'}}}, {"fat", {{2, 'D'}, {11, 'B'}}}, {"rat", {}}}};
    CHECK(echo(value) == ordered);
    CHECK(server_text(value) == "'a''b':16383A 'cat':3 'fat':2,11B 'rat'");
    CHECK(server_value<tsvector>("'''a''''b'':16383A cat:3 fat:2,11B rat'::tsvector") == ordered);
    CHECK(server_value<tsvector>("''::tsvector") == tsvector{});
    CHECK_THROWS_AS(echo(tsvector{{{"x", {{1, 'E'}}}}}), orm::value_error);
    CHECK_THROWS_AS(echo(tsvector{{{"x", {{0, 'A'}}}}}), orm::value_error);
    check_hostile(value);
    check_null<tsvector>();
}

TEST_CASE("the server and we agree on arrays of several dimensions") {
    using grid = nd_array<int>;
    const grid two({2, 3}, {1, 2, 3, 4, 5, 6});
    CHECK(server_text(two) == "{{1,2,3},{4,5,6}}");
    CHECK(echo(two) == two);
    CHECK(two.at(1, 0) == 4);
    CHECK_THROWS_AS(two.at(0, 3), orm::value_error);
    CHECK_THROWS_AS(two.at(1), orm::value_error);
    CHECK(server_value<grid>("'{{1,2,3},{4,5,6}}'::int4[]") == two);
    CHECK(server_value<grid>("'[0:1][5:6]={{1,2},{3,4}}'::int4[]") == grid({2, 2}, {1, 2, 3, 4}));
    CHECK(echo(grid()) == grid());
    CHECK(echo(grid({1}, {7})) == grid({1}, {7}));
    const nd_array<std::optional<std::string>> texts({1, 1, 2}, {"a", std::nullopt});
    CHECK(echo(texts) == texts);
    CHECK(server_text(texts) == "{{{a,NULL}}}");
    const nd_array<double> six({1, 1, 1, 1, 1, 2}, {0.5, 1});
    CHECK(echo(six) == six);
    CHECK_THROWS_AS(grid({2, 2}, {1, 2, 3}), orm::value_error);
    CHECK_THROWS_AS(grid({0, 2}, {}), orm::value_error);
    CHECK_THROWS_AS(grid({1, 1, 1, 1, 1, 1, 1}, {1}), orm::value_error);
    CHECK_THROWS_AS(server_value<grid>("'{{1,NULL}}'::int4[]"), orm::decode_error);
    check_hostile(two);
    check_null<grid>();
}

TEST_CASE("bits, money, XML, words and grids in models") {
    const fresh_schema schema;
    orm::database db = orm::connect(schema.url());
    db.make_current();
    orm::create_tables<Page>().get();
    Page::objects.create({.flags = bit_string("101"),
                          .price = {250},
                          .markup = xml{"<p/>"},
                          .words = {{{"cat", {{1, 'A'}}}}},
                          .grid = {{2, 2}, {1, 2, 3, 4}}});
    Page::objects.create({.flags = bit_string("0"), .price = {100}});
    const Page page = Page::objects.get("flags"_k = bit_string("101"));
    CHECK(page.words.words.at(0).word == "cat");
    CHECK(page.markup == xml{"<p/>"});
    CHECK(page.grid.at(1, 1) == 4);
    CHECK(Page::objects.filter("price__gt"_k = money{200}).count() == 1);
    CHECK(Page::objects.filter("markup__isnull"_k = true).count() == 1);
    CHECK(Page::objects.filter("words"_k = tsvector{{{"cat", {{1, 'A'}}}}}).count() == 1);
    CHECK(Page::objects.filter("grid"_k = nd_array<int>({2, 2}, {1, 2, 3, 4})).count() == 1);
    const std::optional<money> most = Page::objects.aggregate(orm::max<"price">);
    CHECK(most == money{250});
    db.close().get();
}
