#include "exchange.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/decimal.hpp>
#include <asynchrormous/query/range.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace test;
using namespace orm::literals;
using orm::bounds, orm::date, orm::decimal, orm::multirange, orm::range;

namespace {

// Printed by the server, then read from that text by the server, it is the same value here.
template <class T>
void check(const T& value) {
    REQUIRE(echo(value) == value);
    const std::string cast = "::" + std::string(orm::sql::name_of(orm::postgres::codec<T>::type));
    REQUIRE(server_value<T>("'" + server_text(value) + "'" + cast) == value);
}

template <class T, class Make>
void check_ranges(Make make) {
    std::mt19937 random(61);
    std::vector<range<T>> all{
        {}, range<T>::empty(), {std::nullopt, make(5)}, {make(5), std::nullopt}, make(7)};
    for (int i = 0; i < 100; ++i) {
        const int low = static_cast<int>(random() % 1000), more = static_cast<int>(random() % 4);
        const auto ends = static_cast<bounds>(random() % 4);
        all.emplace_back(random() % 5 ? std::optional<T>(make(low)) : std::nullopt,
                         random() % 5 ? std::optional<T>(make(low + more)) : std::nullopt, ends);
    }
    for (const range<T>& value : all) check(value);
    CHECK(echo(all) == all);
    CHECK(server_text(std::optional<range<T>>()) == "NULL");
    CHECK(echo(std::vector<std::optional<range<T>>>{all[0], std::nullopt}) ==
          std::vector<std::optional<range<T>>>{all[0], std::nullopt});
    check(multirange<T>());
    check(multirange<T>{{make(1), make(3)}, {make(10), make(12)}, {make(20), std::nullopt}});
}

date day(int number) { return date::from_postgres(number); }

struct Booking {
    std::int64_t id = 0;
    std::string who{};
    range<date> days{};
    std::optional<range<std::int32_t>> seats{};
    range<decimal> prices{};
    multirange<date> holidays{};

    static constexpr orm::manager<Booking> objects{};
};

struct bookings_fixture {
    bookings_fixture() : db(orm::connect(schema.url())) {
        db.make_current();
        orm::create_tables<Booking>().get();
        Booking::objects.create(
            {.who = "ann", .days = {day(10), day(20)}, .seats = range<std::int32_t>(1, 4)});
        Booking::objects.create({.who = "bob",
                                 .days = {day(20), day(30), bounds::closed},
                                 .prices = {1.5_dec, 2.5_dec},
                                 .holidays = {{day(1), day(3)}, {day(5), day(7)}}});
        Booking::objects.create({.who = "eve", .days = range<date>::empty()});
    }
    ~bookings_fixture() { db.close().get(); }

    template <class... Conditions>
    static std::string who(Conditions... conditions) {
        std::string found;
        for (const Booking& each : Booking::objects.filter(conditions...).template order_by<"who">())
            found += each.who.substr(0, 1);
        return found;
    }

    fresh_schema schema{};
    orm::database db;
};

}  // namespace

TEST_CASE("the server and we agree on ranges of every kind, empty and unbounded ones too") {
    check_ranges<std::int32_t>([](int i) { return i; });
    check_ranges<std::int64_t>([](int i) { return std::int64_t{i} << 33; });
    check_ranges<decimal>([](int i) { return decimal(i).divided(8, 3); });
    check_ranges<date>(day);
    check_ranges<orm::timestamp>([](int i) { return orm::timestamp::from_postgres(i); });
    check_ranges<orm::timestamptz>([](int i) { return orm::timestamptz::from_postgres(i); });
    CHECK(server_value<range<std::int32_t>>("'(1,5]'::int4range") == range<std::int32_t>(2, 6));
    CHECK(server_text(range<std::int32_t>(1, 5, bounds::closed)) == "[1,6)");
    CHECK(server_text(range<date>(date(2024, 1, 1), date::infinity(), bounds::closed)) ==
          "[2024-01-01,infinity]");
    check(range<date>(date(2024, 1, 1), date::infinity(), bounds::closed));
    CHECK(server_text(range<std::int64_t>::empty()) == "empty");
    CHECK_THROWS_AS(server_value<range<std::int32_t>>("'[1,5]'::int8range"), orm::decode_error);
}

TEST_CASE_FIXTURE(bookings_fixture, "lookups of ranges are Django's, and take ranges or values") {
    const range<date> tens(day(10), day(20));
    CHECK(who("days"_k = tens) == "a");
    CHECK(who("days__contains"_k = day(20)) == "b");
    CHECK(who("days__contains"_k = range<date>(day(12), day(14))) == "a");
    CHECK(who("days__contained_by"_k = range<date>(day(0), day(25))) == "ae");
    CHECK(who("days__overlap"_k = range<date>(day(19), day(21))) == "ab");
    CHECK(who("days__fully_lt"_k = range<date>(day(20), day(21))) == "a");
    CHECK(who("days__fully_gt"_k = range<date>(day(0), day(20))) == "b");
    CHECK(who("days__not_lt"_k = range<date>(day(15), std::nullopt)) == "b");
    CHECK(who("days__not_gt"_k = range<date>(day(15), day(25))) == "a");
    CHECK(who("days__adjacent_to"_k = range<date>(day(31), day(40))) == "b");
    CHECK(who("seats__contains"_k = 3) == "a");
    CHECK(who("seats__contains"_k = 4) == "");
    CHECK(who("seats__isnull"_k = true) == "be");
    CHECK(who("prices__contains"_k = 2) == "abe");
    CHECK(who("prices__contains"_k = 2.5_dec) == "ae");
    CHECK(who("holidays__contains"_k = day(6)) == "b");
    CHECK(who("holidays__overlap"_k = range<date>(day(2), day(4))) == "b");
    CHECK(who("days__in"_k = std::vector<range<date>>{tens, range<date>::empty()}) == "ae");
    CHECK_THROWS_AS(who("seats__contains"_k = std::int64_t{1} << 40), orm::value_error);
}

TEST_CASE_FIXTURE(bookings_fixture, "transforms of ranges: their ends, whether they are empty or unbounded") {
    CHECK(who("days__startswith"_k = day(10)) == "a");
    CHECK(who("days__endswith__gt"_k = day(25)) == "b");  // the 30th is in, so the end is the 31st
    CHECK(who("days__startswith__isnull"_k = true) == "e");
    CHECK(who("days__isempty"_k = true) == "e");
    CHECK(who("prices__lower_inf"_k = true) == "ae");
    CHECK(who("prices__upper_inc"_k = false) == "abe");
    const std::optional<date> start =
        Booking::objects.filter("who"_k = "ann").annotate("x"_k = orm::F<"days__startswith">).get()["x"_k];
    CHECK(start == day(10));
    CHECK(Booking::objects.get("who"_k = "bob").holidays ==
          multirange<date>{{day(1), day(3)}, {day(5), day(7)}});
}
