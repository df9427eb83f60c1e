// Days and civil dates of the proleptic Gregorian calendar over PostgreSQL's whole range of years.
// std::chrono::year ends at 32767, PostgreSQL's dates at 5874897. Years are astronomical: 0 is 1 BC.
// The algorithms are those of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
#pragma once

#include <cstdint>

namespace orm::inline v0::calendar {

struct civil {
    std::int32_t year = 2000;
    unsigned month = 1;
    unsigned day = 1;
};

// 2000-01-01, where PostgreSQL begins to count, in days since 1970-01-01.
inline constexpr std::int64_t postgres_epoch_days = 10957;

constexpr bool leap(std::int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

constexpr unsigned days_in_month(std::int64_t year, unsigned month) {
    if (month == 2) return leap(year) ? 29 : 28;
    return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
}

constexpr bool valid(const civil& c) {
    return c.month >= 1 && c.month <= 12 && c.day >= 1 && c.day <= days_in_month(c.year, c.month);
}

// Days since 2000-01-01. Requires: a valid date.
constexpr std::int64_t days_of(const civil& c) {
    const std::int64_t year = std::int64_t{c.year} - (c.month <= 2 ? 1 : 0);
    const std::int64_t era = (year >= 0 ? year : year - 399) / 400;
    const std::int64_t year_of_era = year - era * 400;
    const std::int64_t day_of_year = (153 * (c.month > 2 ? c.month - 3 : c.month + 9) + 2) / 5 + c.day - 1;
    const std::int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    return era * 146097 + day_of_era - 719468 - postgres_epoch_days;
}

constexpr civil civil_of(std::int64_t days) {
    const std::int64_t shifted = days + postgres_epoch_days + 719468;
    const std::int64_t era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
    const std::int64_t day_of_era = shifted - era * 146097;
    const std::int64_t year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
    const std::int64_t day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    const std::int64_t month = (5 * day_of_year + 2) / 153;
    civil c;
    c.day = static_cast<unsigned>(day_of_year - (153 * month + 2) / 5 + 1);
    c.month = static_cast<unsigned>(month < 10 ? month + 3 : month - 9);
    c.year = static_cast<std::int32_t>(year_of_era + era * 400 + (c.month <= 2 ? 1 : 0));
    return c;
}

}  // namespace orm::inline v0::calendar
