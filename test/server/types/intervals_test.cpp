#include "exchange.hpp"

#include <asynchrormous/orm.hpp>
#include <asynchrormous/query/interval.hpp>

#include <doctest/doctest.h>

#include <random>

using namespace test;
using namespace orm::literals;
using namespace std::chrono_literals;
using orm::interval, orm::time_of_day, orm::time_of_day_tz;

namespace {

template <class T>
void check(const T& value) {
    check_exchange(value);
    REQUIRE(T::parse(value.to_string()) == value);
}

template <class T>
void check_all(const std::vector<T>& all) {
    for (const T& value : all) check(value);
    CHECK(echo(all) == all);
    CHECK(server_text(std::optional<T>()) == "NULL");
    CHECK(echo(std::vector<std::optional<T>>{all[0], std::nullopt}) ==
          std::vector<std::optional<T>>{all[0], std::nullopt});
}

struct Shift {
    std::int64_t id = 0;
    time_of_day starts{};
    std::optional<time_of_day_tz> zoned{};
    interval length{};
    orm::timestamp begun{};
    orm::timestamptz at{};
    orm::date day{};

    static constexpr orm::manager<Shift> objects{};
};

struct shifts_fixture {
    shifts_fixture() : db(orm::connect(schema.url())) {
        db.make_current();
        orm::create_tables<Shift>().get();
        Shift::objects.create({.starts = time_of_day(9, 30),
                               .length = interval(8h) + std::chrono::months(1),
                               .begun = orm::timestamp::parse("2024-02-29 09:31:00").value(),
                               .at = orm::timestamptz::parse("2024-02-29 23:15:00Z").value(),
                               .day = orm::date(2024, 2, 29)});
        Shift::objects.create({.starts = time_of_day(22, 0),
                               .zoned = time_of_day_tz(time_of_day(22, 0), 2h),
                               .length = interval(30min)});
    }
    ~shifts_fixture() { db.close().get(); }

    fresh_schema schema{};
    orm::database db;
};

}  // namespace

TEST_CASE("the server and we agree on times of day, 24:00 among them") {
    std::mt19937_64 random(51);
    std::vector<time_of_day> all{time_of_day(), time_of_day::max(), time_of_day(23, 59, 59, 999999),
                                 time_of_day(0, 0, 0, 1), time_of_day(12, 5, 7, 120000)};
    for (int i = 0; i < 100; ++i)
        all.push_back(time_of_day::from_postgres(static_cast<std::int64_t>(random() % 86'400'000'001)));
    check_all(all);
}

TEST_CASE("the server and we agree on times of day with their zones") {
    std::mt19937_64 random(52);
    std::vector<time_of_day_tz> all{
        {}, {time_of_day::max(), 15h + 59min + 59s}, {time_of_day(), -(3h + 30min)}};
    for (int i = 0; i < 100; ++i)
        all.emplace_back(time_of_day::from_postgres(static_cast<std::int64_t>(random() % 86'400'000'001)),
                         std::chrono::seconds(static_cast<int>(random() % 115'199) - 57'599));
    check_all(all);
    for (std::size_t i = 1; i < 40; ++i)
        REQUIRE((all[i - 1] < all[i]) == (sql_value("SELECT timetz '" + all[i - 1].to_string() +
                                                    "' < timetz '" + all[i].to_string() + "'") == "t"));
}

TEST_CASE("the server and we agree on intervals, whose parts have signs of their own") {
    using limit32 = std::numeric_limits<std::int32_t>;
    using limit64 = std::numeric_limits<std::int64_t>;
    std::mt19937_64 random(53);
    std::vector<interval> all{{},
                              {12, 0, 0},
                              {-13, 0, 0},
                              {1, -1, 1},
                              {-1, 1, -1},
                              {0, 1, 0},
                              {0, -1, 500000},
                              {14, 3, -3'600'000'001},
                              {-25, 0, 60},
                              {0, 0, -60},
                              {limit32::min(), limit32::min(), limit64::min() + 1}};
    for (int i = 0; i < 200; ++i)
        all.emplace_back(static_cast<std::int32_t>(random() % 4001) - 2000,
                         static_cast<std::int32_t>(random() % 4001) - 2000,
                         static_cast<std::int64_t>(random() % 2'000'000'000'001) - 1'000'000'000'000);
    check_all(all);
    CHECK(server_value<interval>("interval '1 year 2 months 3 weeks 4 hours'") ==
          interval(14, 21, 14'400'000'000));
    CHECK(interval::parse("1 year 2 months 3 weeks 4 hours") == interval(14, 21, 14'400'000'000));
    CHECK(server_value<interval>("timestamp '2024-03-01' - timestamp '2024-02-29 12:00'") == interval(12h));
}

TEST_CASE_FIXTURE(shifts_fixture, "times and intervals in models: lookups, parts, aggregates") {
    const Shift early = Shift::objects.get("starts"_k = time_of_day(9, 30));
    CHECK(early.length == interval(1, 0, 28'800'000'000));
    CHECK_FALSE(early.zoned.has_value());
    CHECK(Shift::objects.filter("starts__lt"_k = time_of_day(10, 0)).count() == 1);
    CHECK(
        Shift::objects.filter("starts__range"_k = std::pair(time_of_day(9, 0), time_of_day(22, 0))).count() ==
        2);
    CHECK(Shift::objects.filter("starts__hour"_k = 22).count() == 1);
    CHECK(Shift::objects.filter("starts__minute__gte"_k = 30).count() == 1);
    CHECK(Shift::objects.filter("zoned"_k = time_of_day_tz(time_of_day(22, 0), 2h)).count() == 1);
    CHECK(Shift::objects.filter("length__gt"_k = interval(1h)).count() == 1);
    CHECK(Shift::objects.filter("length__in"_k = std::vector<interval>{30min}).count() == 1);
    CHECK(Shift::objects.filter("length__hour"_k = 8).count() == 1);
    const std::optional<interval> total = Shift::objects.aggregate(orm::sum<"length">);
    CHECK(total == interval(1, 0, 30'600'000'000));
    const std::optional<time_of_day> last = Shift::objects.aggregate(orm::max<"starts">);
    CHECK(last == time_of_day(22, 0));
}

TEST_CASE_FIXTURE(shifts_fixture, "arithmetic with intervals is the server's") {
    using orm::F;
    const auto early = Shift::objects.filter("starts"_k = time_of_day(9, 30));
    const auto first = [&](const auto& expression) {
        return early.annotate("x"_k = expression).rows().at(0)["x"_k];
    };
    CHECK(first(F<"begun"> + interval(std::chrono::months(1))).to_string() == "2024-03-29 09:31:00");
    CHECK(first(F<"begun"> - F<"length">).to_string() == "2024-01-29 01:31:00");
    CHECK(first(F<"day"> + F<"length">).to_string() == "2024-03-29 08:00:00");
    CHECK(first(F<"day"> + F<"starts">).to_string() == "2024-02-29 09:30:00");
    CHECK(first(F<"starts"> + interval(15h)) == time_of_day(0, 30));
    CHECK(first(F<"starts"> - time_of_day(9, 0)) == interval(30min));
    CHECK(first(F<"begun"> - F<"begun">) == interval());
    CHECK(first(F<"length"> * 2) == interval(2, 0, 57'600'000'000));
    CHECK(first(-F<"length">) == interval(-1, 0, -28'800'000'000));
    CHECK(first(orm::TruncTime(F<"at">)) == time_of_day(23, 15));
    CHECK(first(orm::TruncTime(F<"at">, "Asia/Tokyo")) == time_of_day(8, 15));
    CHECK(Shift::objects.filter(F<"begun"> + F<"length"> > orm::timestamp::parse("2024-01-01 00:00").value())
              .count() == 1);
}
