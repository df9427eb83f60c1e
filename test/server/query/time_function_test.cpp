// Parts and beginnings of dates and times, in UTC and in zones whose clocks change.
#include "function_fixture.hpp"

using namespace orm;
using namespace std::chrono_literals;
using test::entries_fixture, test::Entry, test::local, test::utc;

namespace {

using numbers = std::vector<std::int32_t>;
using instants = std::vector<timestamptz>;

std::optional<std::chrono::year_month_day> parts(const Entry& entry) {
    if (!entry.day) return std::nullopt;
    return std::chrono::year_month_day(entry.day->to_sys_days());
}

// A number of the date, where there is one.
template <class F>
auto of_day(F function) {
    return [function](const Entry& entry) -> std::optional<std::int32_t> {
        if (!entry.day) return std::nullopt;
        return static_cast<std::int32_t>(function(*parts(entry)));
    };
}

}  // namespace

TEST_CASE_FIXTURE(entries_fixture, "parts of dates") {
    using ymd = std::chrono::year_month_day;
    check(ExtractYear(F<"day">), of_day([](ymd d) { return static_cast<int>(d.year()); }));
    check(ExtractMonth(F<"day">), of_day([](ymd d) { return static_cast<unsigned>(d.month()); }));
    check(ExtractDay(F<"day">), of_day([](ymd d) { return static_cast<unsigned>(d.day()); }));
    check(ExtractQuarter(F<"day">), of_day([](ymd d) { return (static_cast<unsigned>(d.month()) + 2) / 3; }));
    check(ExtractWeekDay(F<"day">),
          of_day([](ymd d) { return std::chrono::weekday(std::chrono::sys_days(d)).c_encoding() + 1; }));
    check(ExtractIsoWeekDay(F<"day">),
          of_day([](ymd d) { return std::chrono::weekday(std::chrono::sys_days(d)).iso_encoding(); }));
    using weeks = std::vector<std::optional<std::int32_t>>;
    CHECK(of_rows(ExtractWeek(F<"day">)) == weeks{33, 53, std::nullopt});
    CHECK(of_rows(ExtractIsoYear(F<"day">)) == weeks{2024, 2020, std::nullopt});
    CHECK(first(ExtractYear(date(1968, 11, 1))) == 1968);
}

TEST_CASE_FIXTURE(entries_fixture, "parts of a local time are its own") {
    const auto of_local = [](std::int32_t a, std::int32_t b) {
        return std::vector<std::optional<std::int32_t>>{a, b, std::nullopt};
    };
    CHECK(of_rows(ExtractHour(F<"local">)) == of_local(13, 0));
    CHECK(of_rows(ExtractMinute(F<"local">)) == of_local(45, 0));
    CHECK(of_rows(ExtractSecond(F<"local">)) == of_local(10, 0));  // of 10.9
    CHECK(of_rows(ExtractDay(F<"local">)) == of_local(29, 3));
    CHECK(of_rows(ExtractIsoYear(F<"local">)) == of_local(2024, 2020));
}

TEST_CASE_FIXTURE(entries_fixture, "parts of an instant are those in UTC, or in the zone that is named") {
    CHECK(of_rows(ExtractYear(F<"at">)) == numbers{2024, 2024, 2024});
    CHECK(of_rows(ExtractHour(F<"at">)) == numbers{23, 0, 0});
    CHECK(of_rows(ExtractMinute(F<"at">)) == numbers{30, 30, 30});
    CHECK(of_rows(ExtractSecond(F<"at">)) == numbers{59, 0, 0});
    CHECK(of_rows(ExtractYear(F<"at">, "Europe/Warsaw")) == numbers{2025, 2024, 2024});
    CHECK(of_rows(ExtractIsoYear(F<"at">, "Europe/Warsaw")) == numbers{2025, 2024, 2024});
    CHECK(of_rows(ExtractWeek(F<"at">, "Europe/Warsaw")) == numbers{1, 13, 43});
    CHECK(of_rows(ExtractQuarter(F<"at">, "America/New_York")) == numbers{4, 1, 4});
    CHECK(of_rows(ExtractMonth(F<"at">, "Asia/Tokyo")) == numbers{1, 3, 10});
    CHECK(of_rows(ExtractDay(F<"at">, "America/New_York")) == numbers{31, 30, 26});
    CHECK(of_rows(ExtractHour(F<"at">, "Europe/Warsaw")) == numbers{0, 1, 2});  // +1, +1, +2
    CHECK(of_rows(ExtractMinute(F<"at">, "Asia/Kolkata")) == numbers{0, 0, 0});
    CHECK(of_rows(ExtractWeekDay(F<"at">, "Europe/Warsaw")) == numbers{4, 1, 1});
    CHECK(of_rows(ExtractIsoWeekDay(F<"at">, "Europe/Warsaw")) == numbers{3, 7, 7});
    CHECK(of_rows(ExtractSecond(F<"at">, "Europe/Warsaw")) == numbers{59, 0, 0});
    CHECK(Entry::objects.filter(ExtractYear(F<"at">, "Europe/Warsaw") == 2025).count() == 1);
    CHECK(Entry::objects.filter(ExtractYear(F<"at">) == 2025).count() == 0);
    const auto zone_of_row = Concat("Etc/GMT-", F<"number"> + 8);
    CHECK(of_rows(ExtractHour(F<"at">, zone_of_row)) == numbers{10, 1, 8});
    CHECK_THROWS_AS(first(ExtractHour(F<"at">, "Europe/Nowhere")), database_error);
}

TEST_CASE_FIXTURE(entries_fixture, "a date that is cut remains a date") {
    using dates = std::vector<std::optional<date>>;
    static_assert(std::is_same_v<decltype(first(TruncMonth(F<"day">))), std::optional<date>>);
    check(TruncYear(F<"day">), [](const Entry& e) -> std::optional<date> {
        if (!e.day) return std::nullopt;
        return date(static_cast<int>(parts(e)->year()), 1, 1);
    });
    check(TruncMonth(F<"day">), [](const Entry& e) -> std::optional<date> {
        if (!e.day) return std::nullopt;
        return date(parts(e)->year() / parts(e)->month() / 1);
    });
    CHECK(of_rows(TruncQuarter(F<"day">)) == dates{date(2024, 7, 1), date(2021, 1, 1), std::nullopt});
    CHECK(of_rows(TruncWeek(F<"day">)) == dates{date(2024, 8, 12), date(2020, 12, 28), std::nullopt});
    CHECK(of_rows(TruncDay(F<"day">)) == dates{date(2024, 8, 15), date(2021, 1, 3), std::nullopt});
    CHECK(of_rows(TruncDate(F<"local">)) == dates{date(2024, 2, 29), date(2021, 1, 3), std::nullopt});
    CHECK(of_rows(TruncDate(F<"day">)) == of_rows(F<"day">));
}

TEST_CASE_FIXTURE(entries_fixture, "local times are cut as they are read") {
    CHECK(first(TruncYear(F<"local">)) == local(2024, 1, 1));
    CHECK(first(TruncQuarter(F<"local">)) == local(2024, 1, 1));
    CHECK(first(TruncMonth(F<"local">)) == local(2024, 2, 1));
    CHECK(first(TruncWeek(F<"local">)) == local(2024, 2, 26));
    CHECK(first(TruncDay(F<"local">)) == local(2024, 2, 29));
    CHECK(first(TruncHour(F<"local">)) == local(2024, 2, 29, 13));
    CHECK(first(TruncMinute(F<"local">)) == local(2024, 2, 29, 13, 45));
    CHECK(first(TruncSecond(F<"local">)) == local(2024, 2, 29, 13, 45, 10));
    CHECK(of_rows(TruncSecond(F<"local">)).back() == std::nullopt);
}

TEST_CASE_FIXTURE(entries_fixture, "instants are cut in UTC, or in the zone that is named") {
    check(TruncSecond(F<"at">), [](const Entry& e) {
        return timestamptz(std::chrono::floor<std::chrono::seconds>(e.at.to_time_point()));
    });
    check(TruncMinute(F<"at">), [](const Entry& e) {
        return timestamptz(std::chrono::floor<std::chrono::minutes>(e.at.to_time_point()));
    });
    check(TruncHour(F<"at">), [](const Entry& e) {
        return timestamptz(std::chrono::floor<std::chrono::hours>(e.at.to_time_point()));
    });
    check(TruncDay(F<"at">), [](const Entry& e) {
        return timestamptz(std::chrono::floor<std::chrono::days>(e.at.to_time_point()));
    });
    CHECK(of_rows(TruncYear(F<"at">)) == instants{utc(2024, 1, 1), utc(2024, 1, 1), utc(2024, 1, 1)});
    CHECK(of_rows(TruncYear(F<"at">, "Europe/Warsaw")) ==
          instants{utc(2024, 12, 31, 23), utc(2023, 12, 31, 23), utc(2023, 12, 31, 23)});
    CHECK(of_rows(TruncQuarter(F<"at">, "Europe/Warsaw")) ==
          instants{utc(2024, 12, 31, 23), utc(2023, 12, 31, 23), utc(2024, 9, 30, 22)});
    CHECK(of_rows(TruncMonth(F<"at">, "Asia/Tokyo")) ==
          instants{utc(2024, 12, 31, 15), utc(2024, 2, 29, 15), utc(2024, 9, 30, 15)});
    CHECK(of_rows(TruncWeek(F<"at">, "Europe/Warsaw")) ==
          instants{utc(2024, 12, 29, 23), utc(2024, 3, 24, 23), utc(2024, 10, 20, 22)});
    using dates = std::vector<date>;
    CHECK(of_rows(TruncDate(F<"at">)) == dates{date(2024, 12, 31), date(2024, 3, 31), date(2024, 10, 27)});
    CHECK(of_rows(TruncDate(F<"at">, "Europe/Warsaw")) ==
          dates{date(2025, 1, 1), date(2024, 3, 31), date(2024, 10, 27)});
    CHECK(Entry::objects.filter(TruncDate(F<"at">, "America/New_York") == date(2024, 10, 26)).count() == 1);
}

TEST_CASE_FIXTURE(entries_fixture, "the day on which the clock changes begins by the time before") {
    CHECK(of_rows(TruncDay(F<"at">, "Europe/Warsaw")) ==
          instants{utc(2024, 12, 31, 23), utc(2024, 3, 30, 23), utc(2024, 10, 26, 22)});
    Entry::objects.filter("text"_k = "abc").update("at"_k = utc(2024, 10, 27, 12));
    CHECK(of_rows(TruncDay(F<"at">, "Europe/Warsaw")).back() == utc(2024, 10, 26, 22));
}

// On 27 October 2024 it is half past two in Warsaw at 0:30 and at 1:30 UTC.
TEST_CASE_FIXTURE(entries_fixture, "an hour that comes twice is cut to its own beginning") {
    CHECK(of_rows(TruncHour(F<"at">, "Europe/Warsaw")).back() == utc(2024, 10, 27, 0));
    CHECK(of_rows(TruncMinute(F<"at">, "Europe/Warsaw")).back() == utc(2024, 10, 27, 0, 30));
    Entry::objects.filter("text"_k = "abc").update("at"_k = utc(2024, 10, 27, 1, 30));
    CHECK(of_rows(TruncHour(F<"at">, "Europe/Warsaw")).back() == utc(2024, 10, 27, 1));
    CHECK(of_rows(ExtractHour(F<"at">, "Europe/Warsaw")).back() == 2);
    CHECK(of_rows(TruncHour(F<"at">, "Asia/Kolkata")).back() == utc(2024, 10, 27, 1, 30));
}

TEST_CASE_FIXTURE(entries_fixture, "the server's clock") {
    CHECK(Entry::objects.filter(Now() > F<"at">).count() == 3);
    CHECK(Entry::objects.filter("at__gt"_k = Now()).count() == 0);
    atomic([&] {
        const timestamptz begun = first(TransactionNow()), now = first(Now());
        CHECK(first(TransactionNow()) == begun);
        CHECK(first(Now()) > now);
        CHECK(now >= begun);
    });
    Entry::objects.update("at"_k = Now(), "day"_k = TruncDate(Now()));
    CHECK(Entry::objects.filter("at__lte"_k = Now(), "day"_k = TruncDate(F<"at">)).count() == 3);
}
