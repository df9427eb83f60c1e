// PostgreSQL's two times of day, in microseconds since midnight; 24:00:00 is one, too.
// time_of_day is `time`. time_of_day_tz is `timetz`, a time with the offset of its zone: PostgreSQL has it
// because the standard does; prefer a timestamptz.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <chrono>
#include <compare>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace orm::inline v0 {

class time_of_day {
public:
    constexpr time_of_day() = default;  // midnight

    // Throws: value_error when there is no such time.
    constexpr time_of_day(int hour, int minute, int second = 0, int microsecond = 0)
        : microseconds_(checked(hour, minute, second, microsecond)) {}

    // Since midnight; finer durations are rounded down. Throws: value_error beyond 24 hours.
    template <class Rep, class Period>
    constexpr explicit time_of_day(std::chrono::duration<Rep, Period> since_midnight)
        : microseconds_(in_range(std::chrono::floor<std::chrono::microseconds>(since_midnight).count())) {}

    static constexpr time_of_day min() { return {}; }
    static constexpr time_of_day max() { return from_postgres(longest); }

    // The value as it travels; no check.
    static constexpr time_of_day from_postgres(std::int64_t microseconds) {
        time_of_day result;
        result.microseconds_ = microseconds;
        return result;
    }
    constexpr std::int64_t to_postgres() const { return microseconds_; }
    constexpr std::chrono::microseconds since_midnight() const {
        return std::chrono::microseconds(microseconds_);
    }

    constexpr int hour() const { return static_cast<int>(microseconds_ / 3'600'000'000); }
    constexpr int minute() const { return static_cast<int>(microseconds_ / 60'000'000 % 60); }
    constexpr int second() const { return static_cast<int>(microseconds_ / 1'000'000 % 60); }
    constexpr int microsecond() const { return static_cast<int>(microseconds_ % 1'000'000); }

    // "10:30", "10:30:00.25", "24:00:00"; nullopt for anything else. Digits beyond the sixth are dropped.
    ORM_EXPORT static std::optional<time_of_day> parse(std::string_view text);
    ORM_EXPORT std::string to_string() const;

    friend constexpr bool operator==(const time_of_day&, const time_of_day&) = default;
    friend constexpr auto operator<=>(const time_of_day&, const time_of_day&) = default;

    static constexpr std::int64_t longest = 86'400'000'000;

private:
    static constexpr std::int64_t in_range(std::int64_t microseconds) {
        if (microseconds < 0 || microseconds > longest)
            throw_value_error("a time of day is between 00:00:00 and 24:00:00");
        return microseconds;
    }
    static constexpr std::int64_t checked(int hour, int minute, int second, int microsecond) {
        if (hour < 0 || minute < 0 || minute > 59 || second < 0 || second > 59 || microsecond < 0 ||
            microsecond > 999'999 || hour > 24)
            throw_value_error("there is no such time of day");
        return in_range(((hour * std::int64_t{60} + minute) * 60 + second) * 1'000'000 + microsecond);
    }

    std::int64_t microseconds_ = 0;
};

class time_of_day_tz {
public:
    constexpr time_of_day_tz() = default;  // midnight in UTC
    // `east` of Greenwich: +02:00 is two hours. Throws: value_error beyond 15:59:59 either way.
    constexpr time_of_day_tz(time_of_day local, std::chrono::seconds east)
        : local_(local), east_(in_range(east.count())) {}

    constexpr time_of_day local() const { return local_; }
    constexpr std::chrono::seconds offset() const { return std::chrono::seconds(east_); }

    // "10:30:00+02", "10:30:00.5-03:30", "10:30:00Z"; nullopt for anything else.
    ORM_EXPORT static std::optional<time_of_day_tz> parse(std::string_view text);
    ORM_EXPORT std::string to_string() const;

    // By the moment, then by the zone, as PostgreSQL does it.
    friend constexpr std::strong_ordering operator<=>(const time_of_day_tz& a, const time_of_day_tz& b) {
        if (const auto order = a.in_utc() <=> b.in_utc(); order != 0) return order;
        return b.east_ <=> a.east_;
    }
    friend constexpr bool operator==(const time_of_day_tz&, const time_of_day_tz&) = default;

    static constexpr std::int64_t farthest = 15 * 3600 + 59 * 60 + 59;

private:
    static constexpr std::int32_t in_range(std::int64_t seconds) {
        if (seconds < -farthest || seconds > farthest)
            throw_value_error("the offset of a zone is less than 16 hours");
        return static_cast<std::int32_t>(seconds);
    }
    constexpr std::int64_t in_utc() const { return local_.to_postgres() - std::int64_t{east_} * 1'000'000; }

    time_of_day local_{};
    std::int32_t east_ = 0;  // seconds
};

inline std::string to_string(const time_of_day& value) { return value.to_string(); }
inline std::string to_string(const time_of_day_tz& value) { return value.to_string(); }

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             const time_of_day& value) {
    return out << value.to_string();
}
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             const time_of_day_tz& value) {
    return out << value.to_string();
}

}  // namespace orm::inline v0

template <>
struct std::hash<orm::time_of_day> {
    std::size_t operator()(const orm::time_of_day& value) const noexcept {
        return std::hash<std::int64_t>()(value.to_postgres());
    }
};
