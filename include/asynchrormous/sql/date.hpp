// A PostgreSQL date: a day between 24 November 4714 BC and 31 December 5874897, or one of two infinities.
// Stored as PostgreSQL does, in days since 2000-01-01, which is also the value of a date{}.
// std::chrono calculates: construct from and convert to sys_days or year_month_day, both range-checked.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/sql/calendar.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <iosfwd>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace orm::inline v0 {

class date {
public:
    constexpr date() = default;

    // Years are astronomical: 0 is 1 BC, -43 is 44 BC. Throws: value_error when there is no such day.
    constexpr date(int year, unsigned month, unsigned day) : date(checked({year, month, day})) {}
    constexpr date(std::chrono::year_month_day day)
        : date(static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
               static_cast<unsigned>(day.day())) {}
    constexpr date(std::chrono::sys_days day)
        : days_(in_range(day.time_since_epoch().count() - calendar::postgres_epoch_days)) {}

    static constexpr date infinity() { return from_postgres(std::numeric_limits<std::int32_t>::max()); }
    static constexpr date negative_infinity() {
        return from_postgres(std::numeric_limits<std::int32_t>::min());
    }
    static constexpr date min() { return from_postgres(lowest); }
    static constexpr date max() { return from_postgres(highest); }

    // The value as it travels; no check.
    static constexpr date from_postgres(std::int32_t days) {
        date result;
        result.days_ = days;
        return result;
    }
    constexpr std::int32_t to_postgres() const { return days_; }

    // PostgreSQL's ISO text: "2024-02-29", "0044-03-15 BC", "infinity". nullopt for anything else.
    ORM_EXPORT static std::optional<date> parse(std::string_view text);
    ORM_EXPORT std::string to_string() const;

    constexpr bool is_finite() const { return *this != infinity() && *this != negative_infinity(); }

    // Throw value_error for an infinity.
    constexpr int year() const { return civil().year; }
    constexpr unsigned month() const { return civil().month; }
    constexpr unsigned day() const { return civil().day; }

    // Throws: value_error for an infinity.
    constexpr std::chrono::sys_days to_sys_days() const {
        if (!is_finite()) throw_value_error("an infinite date is no std::chrono::sys_days");
        return std::chrono::sys_days(
            std::chrono::days(static_cast<std::int32_t>(days_ + calendar::postgres_epoch_days)));
    }
    // Throws: value_error for an infinity, and outside of std::chrono::year's -32767 to 32767.
    constexpr std::chrono::year_month_day to_year_month_day() const {
        const calendar::civil c = civil();
        if (c.year < -32767 || c.year > 32767)
            throw_value_error("the year of this date is outside of std::chrono::year's range");
        return {std::chrono::year(c.year), std::chrono::month(c.month), std::chrono::day(c.day)};
    }
    constexpr explicit operator std::chrono::sys_days() const { return to_sys_days(); }
    constexpr explicit operator std::chrono::year_month_day() const { return to_year_month_day(); }

    friend constexpr bool operator==(const date&, const date&) = default;
    friend constexpr auto operator<=>(const date&, const date&) = default;

private:
    static constexpr std::int32_t lowest = -2451545;     // Julian day 0
    static constexpr std::int32_t highest = 2145031948;  // 5874897-12-31

    static constexpr std::int32_t in_range(std::int64_t days) {
        if (days < lowest || days > highest)
            throw_value_error("a date must lie between 4714-11-24 BC and 5874897-12-31");
        return static_cast<std::int32_t>(days);
    }
    static constexpr date checked(const calendar::civil& c) {
        if (!calendar::valid(c)) throw_value_error("there is no such day in the calendar");
        return from_postgres(in_range(calendar::days_of(c)));
    }
    constexpr calendar::civil civil() const {
        if (!is_finite()) throw_value_error("an infinite date has no year, month and day");
        return calendar::civil_of(days_);
    }

    std::int32_t days_ = 0;
};

inline std::string to_string(const date& value) { return value.to_string(); }

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const date& value) {
    return out << value.to_string();
}

}  // namespace orm::inline v0

template <>
struct std::hash<orm::date> {
    std::size_t operator()(const orm::date& value) const noexcept {
        return std::hash<std::int32_t>()(value.to_postgres());
    }
};
