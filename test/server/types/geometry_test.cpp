#include "exchange.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/geometry.hpp>

#include <doctest/doctest.h>

#include <cmath>
#include <random>

using namespace test;
using namespace orm::literals;
using orm::point;

namespace {

// The server takes our bytes for the value that its own literal means, and sends that back as ours.
template <class T>
void check(const T& value, const std::string& text) {
    CHECK(server_text(value) == text);
    CHECK(echo(value) == value);
    CHECK(server_value<T>("'" + text +
                          "'::" + std::string(orm::sql::name_of(orm::postgres::codec<T>::type))) == value);
    CHECK(echo(std::vector<T>{value, value}) == std::vector<T>{value, value});
    CHECK(server_text(std::optional<T>()) == "NULL");
    std::string bytes;
    orm::postgres::codec<T>::encode(value, bytes);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_THROWS_AS(orm::postgres::codec<T>::decode({bytes.data(), static_cast<std::int32_t>(size)}),
                        orm::decode_error);
    bytes += '\0';
    CHECK_THROWS_AS(orm::postgres::codec<T>::decode({bytes.data(), static_cast<std::int32_t>(bytes.size())}),
                    orm::decode_error);
    CHECK_THROWS_AS(orm::postgres::codec<T>::decode({}), orm::decode_error);
}

struct Place {
    std::int64_t id = 0;
    point at{};
    std::optional<orm::polygon> area{};

    static constexpr orm::manager<Place> objects{};
};

}  // namespace

TEST_CASE("the server and we agree on points, lines, boxes, circles, paths and polygons") {
    check(point{1.5, -2}, "(1.5,-2)");
    check(point{HUGE_VAL, -0.0}, "(Infinity,-0)");
    check(orm::line{1, 2, 3}, "{1,2,3}");
    check(orm::lseg{{0, 1}, {2, 3}}, "[(0,1),(2,3)]");
    check(orm::box{{2, 3}, {0, 1}}, "(2,3),(0,1)");
    check(orm::circle{{1, 2}, 0.5}, "<(1,2),0.5>");
    check(orm::path{{{0, 0}, {1, 2}}, false}, "[(0,0),(1,2)]");
    check(orm::path{{{0, 0}, {1, 2}}, true}, "((0,0),(1,2))");
    check(orm::polygon{{{0, 0}, {1, 2}, {3, 0}}}, "((0,0),(1,2),(3,0))");
    CHECK(std::isnan(server_value<point>("point('NaN', 1)").x));
    std::mt19937 random(81);
    std::uniform_real_distribution<double> any(-1e9, 1e9);
    for (int i = 0; i < 100; ++i) {
        const orm::lseg value{{any(random), any(random)}, {any(random), any(random)}};
        REQUIRE(echo(value) == value);
        REQUIRE(server_value<orm::lseg>("'" + server_text(value) + "'::lseg") == value);
    }
}

TEST_CASE("geometric values in models") {
    const fresh_schema schema;
    orm::database db = orm::connect(schema.url());
    db.make_current();
    orm::create_tables<Place>().get();
    Place::objects.create({.at = {1, 2}, .area = orm::polygon{{{0, 0}, {1, 2}, {3, 0}}}});
    Place::objects.create({.at = {3, 4}});
    CHECK(Place::objects.order_by<"id">().first()->at == point{1, 2});
    CHECK(Place::objects.filter("area__isnull"_k = false).get().area->points.size() == 3);
    db.close().get();
}
