// PostgreSQL's interval: months, days and microseconds, each with a sign of its own, because neither months
// nor days have a fixed length. It is made of std::chrono's durations: months and years count as months,
// days and weeks as days, all that is shorter as microseconds, rounded down.
// Two intervals are equal when all three parts are; the server takes '1 month' and '30 days' as equal when it
// compares, and orders by that: there is no order in C++.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <chrono>
#include <cstdint>
#include <iosfwd>
#include <limits>
#include <optional>
#include <ratio>
#include <string>
#include <string_view>

namespace orm::inline v0 {

class interval {
public:
    constexpr interval() = default;  // 0
    constexpr interval(std::int32_t months, std::int32_t days, std::int64_t microseconds)
        : months_(months), days_(days), microseconds_(microseconds) {}

    // Throws: value_error beyond the part's range.
    template <class Rep, class Period>
    constexpr interval(std::chrono::duration<Rep, Period> length) {
        using in_months = std::ratio_divide<Period, std::chrono::months::period>;
        using in_days = std::ratio_divide<Period, std::chrono::days::period>;
        if constexpr (in_months::den == 1)
            months_ = part<std::int32_t>(std::chrono::floor<std::chrono::months>(length).count());
        else if constexpr (in_days::den == 1)
            days_ = part<std::int32_t>(std::chrono::floor<std::chrono::days>(length).count());
        else
            microseconds_ = std::chrono::floor<std::chrono::microseconds>(length).count();
    }

    constexpr std::int32_t months() const { return months_; }
    constexpr std::int32_t days() const { return days_; }
    constexpr std::int64_t microseconds() const { return microseconds_; }

    // The length with months of 30 days and days of 24 hours, by which the server compares.
    // Throws: value_error beyond 64 bits.
    ORM_EXPORT std::chrono::microseconds estimated() const;

    // PostgreSQL's text: "1 year 2 mons -3 days +04:05:06.7"; parse() also takes singulars, weeks, hours,
    // minutes and seconds as words. nullopt for anything else.
    ORM_EXPORT static std::optional<interval> parse(std::string_view text);
    ORM_EXPORT std::string to_string() const;

    friend constexpr bool operator==(const interval&, const interval&) = default;

    // Part by part. Throw value_error beyond a part's range.
    ORM_EXPORT friend interval operator+(const interval& a, const interval& b);
    ORM_EXPORT friend interval operator-(const interval& a, const interval& b);
    ORM_EXPORT friend interval operator*(const interval& a, std::int32_t times);
    friend interval operator*(std::int32_t times, const interval& a) { return a * times; }
    interval operator-() const { return *this * -1; }
    interval& operator+=(const interval& other) { return *this = *this + other; }
    interval& operator-=(const interval& other) { return *this = *this - other; }

private:
    template <class Part, class Count>
    static constexpr Part part(Count count) {
        if (count < std::numeric_limits<Part>::min() || count > std::numeric_limits<Part>::max())
            throw_value_error("this duration is longer than an interval can be");
        return static_cast<Part>(count);
    }

    std::int32_t months_ = 0;
    std::int32_t days_ = 0;
    std::int64_t microseconds_ = 0;
};

inline std::string to_string(const interval& value) { return value.to_string(); }

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const interval& value) {
    return out << value.to_string();
}

}  // namespace orm::inline v0

template <>
struct std::hash<orm::interval> {
    std::size_t operator()(const orm::interval& value) const noexcept {
        const std::size_t parts =
            std::hash<std::int64_t>()(value.days() * (std::int64_t{1} << 32) + value.months());
        return parts * 31 + std::hash<std::int64_t>()(value.microseconds());
    }
};
