// PostgreSQL's two timestamps: microseconds from 24 November 4714 BC to the end of the year 294276, or one of
// two infinities. `timestamp` is a reading of some wall clock and knows no time zone (chrono's local_time);
// `timestamptz` is an instant (chrono's sys_time): PostgreSQL stores no zone with it either.
// Stored as PostgreSQL does, in microseconds since 2000-01-01, which is also the value of a default one.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/sql/calendar.hpp>
#include <asynchrormous/sql/date.hpp>
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

namespace detail {

inline constexpr std::int64_t microseconds_per_day = 86'400'000'000;
inline constexpr std::int64_t postgres_epoch_microseconds =
    calendar::postgres_epoch_days * microseconds_per_day;

// What the two have in common. Clock is std::chrono::system_clock or std::chrono::local_t.
template <class Derived, class Clock>
class basic_timestamp {
public:
    using time_point = std::chrono::time_point<Clock, std::chrono::microseconds>;

    static constexpr Derived infinity() { return from_postgres(std::numeric_limits<std::int64_t>::max()); }
    static constexpr Derived negative_infinity() {
        return from_postgres(std::numeric_limits<std::int64_t>::min());
    }
    static constexpr Derived min() { return from_postgres(lowest); }
    static constexpr Derived max() { return from_postgres(highest); }

    // The value as it travels; no check.
    static constexpr Derived from_postgres(std::int64_t microseconds) {
        Derived result;
        result.microseconds_ = microseconds;
        return result;
    }
    constexpr std::int64_t to_postgres() const { return microseconds_; }

    constexpr bool is_finite() const {
        return microseconds_ != infinity().microseconds_ &&
               microseconds_ != negative_infinity().microseconds_;
    }

    // Throws: value_error for an infinity, and from the year 294247 on, where chrono's count would overflow.
    constexpr time_point to_time_point() const {
        if (!is_finite()) throw_value_error("an infinite timestamp is no std::chrono::time_point");
        if (microseconds_ > std::numeric_limits<std::int64_t>::max() - postgres_epoch_microseconds)
            throw_value_error("this timestamp is beyond what std::chrono can count in microseconds");
        return time_point(std::chrono::microseconds(microseconds_ + postgres_epoch_microseconds));
    }
    constexpr explicit operator time_point() const { return to_time_point(); }

    friend constexpr bool operator==(const basic_timestamp&, const basic_timestamp&) = default;
    friend constexpr auto operator<=>(const basic_timestamp&, const basic_timestamp&) = default;

protected:
    constexpr basic_timestamp() = default;

    template <class Duration>
    constexpr explicit basic_timestamp(std::chrono::time_point<Clock, Duration> when)
        : microseconds_(in_range(when.time_since_epoch())) {}

    static constexpr std::int64_t lowest = -211'813'488'000'000'000;
    static constexpr std::int64_t highest = 9'223'371'331'199'999'999;

private:
    // Finer durations are rounded down. Coarse ones could overflow when counted in microseconds, hence the
    // comparison as a floating-point number first.
    template <class Duration>
    static constexpr std::int64_t in_range(Duration since_1970) {
        const double seconds = std::chrono::duration<double>(since_1970).count();
        if (!(seconds > -3e11 && seconds < 9.223372036e12)) refuse();
        const std::int64_t count = std::chrono::floor<std::chrono::microseconds>(since_1970).count();
        if (count < lowest + postgres_epoch_microseconds) refuse();
        return count - postgres_epoch_microseconds;
    }
    static constexpr void refuse() {
        throw_value_error(
            "a timestamp must lie between 4714-11-24 BC and, from std::chrono, the year 294246");
    }

    std::int64_t microseconds_ = 0;
};

}  // namespace detail

class timestamp : public detail::basic_timestamp<timestamp, std::chrono::local_t> {
public:
    constexpr timestamp() = default;
    template <class Duration>
    constexpr timestamp(std::chrono::local_time<Duration> when) : basic_timestamp(when) {}

    // PostgreSQL's ISO text: "2024-02-29 12:30:00.25", with T or a blank; nullopt for anything else, also
    // for a text with a time zone.
    ORM_EXPORT static std::optional<timestamp> parse(std::string_view text);
    ORM_EXPORT std::string to_string() const;
};

class timestamptz : public detail::basic_timestamp<timestamptz, std::chrono::system_clock> {
public:
    constexpr timestamptz() = default;
    template <class Duration>
    constexpr timestamptz(std::chrono::sys_time<Duration> when) : basic_timestamp(when) {}

    static timestamptz now() { return std::chrono::system_clock::now(); }

    // PostgreSQL's ISO text: "2024-02-29 12:30:00+02", "...Z"; nullopt for anything else, also for a text
    // without a time zone, which would be another instant for each reader. Printed in UTC.
    ORM_EXPORT static std::optional<timestamptz> parse(std::string_view text);
    ORM_EXPORT std::string to_string() const;
};

inline std::string to_string(const timestamp& value) { return value.to_string(); }
inline std::string to_string(const timestamptz& value) { return value.to_string(); }

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const timestamp& value) {
    return out << value.to_string();
}
template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out,
                                             const timestamptz& value) {
    return out << value.to_string();
}

}  // namespace orm::inline v0

template <>
struct std::hash<orm::timestamp> {
    std::size_t operator()(const orm::timestamp& value) const noexcept {
        return std::hash<std::int64_t>()(value.to_postgres());
    }
};
template <>
struct std::hash<orm::timestamptz> {
    std::size_t operator()(const orm::timestamptz& value) const noexcept {
        return std::hash<std::int64_t>()(value.to_postgres());
    }
};
