// PostgreSQL's numeric: an exact decimal number of up to 131072 digits before the point and 16383 behind it,
// an infinity, or NaN. The scale, the number of digits behind the point, is kept: 1.50 prints as "1.50".
// Sums, differences and products are exact, with PostgreSQL's scales. Nothing rounds but rounded() and
// divided(), which say how. 1.5 equals 1.50; NaN equals itself and is greater than all else, as in
// PostgreSQL.
#pragma once

#include <asynchrormous/export.hpp>

#include <compare>
#include <concepts>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace orm::inline v0 {

class decimal {
public:
    // Which neighbour a value between two is rounded to. half_away is what PostgreSQL's round() and a
    // numeric(p, s) column do: 0.5 is 1, -0.5 is -1. half_even: 0.5 is 0, 1.5 is 2. down: towards minus
    // infinity; up: towards plus infinity.
    enum class rounding : std::uint8_t { half_away, half_even, toward_zero, down, up };

    decimal() = default;  // 0
    template <std::integral T>
        requires(!std::same_as<T, bool> && sizeof(T) <= 8)
    decimal(T value)
        : decimal(value < 0, value < 0 ? std::uint64_t{0} - static_cast<std::uint64_t>(value)
                                       : static_cast<std::uint64_t>(value)) {}

    // Throws: value_error for what parse() does not take.
    ORM_EXPORT explicit decimal(std::string_view text);

    // "-12.50", "1e-3", "NaN", "Infinity"; nullopt for anything else, and beyond PostgreSQL's range.
    ORM_EXPORT static std::optional<decimal> parse(std::string_view text);

    // The shortest decimal that reads back as this double: 0.1 is 0.1.
    ORM_EXPORT static decimal from_double(double value);

    ORM_EXPORT static decimal nan();
    ORM_EXPORT static decimal infinity();
    ORM_EXPORT static decimal negative_infinity();

    bool is_finite() const { return form_ == form::finite; }
    bool is_nan() const { return form_ == form::nan; }
    bool is_negative() const { return negative_; }
    bool is_zero() const { return is_finite() && digits_.empty(); }

    // Digits behind the point; 0 for NaN and the infinities.
    int scale() const { return scale_; }

    // The digits of the value times 10^scale, without sign and leading zeros; empty for 0.
    std::string_view digits() const { return digits_; }

    // As PostgreSQL prints it.
    ORM_EXPORT std::string to_string() const;
    // The nearest double.
    ORM_EXPORT double to_double() const;
    // Throws: value_error when there is a fraction other than zero, and beyond 64 bits.
    ORM_EXPORT std::int64_t to_integer() const;

    // With exactly `scale` digits behind the point. Throws: value_error for a scale outside of 0 to 16383.
    ORM_EXPORT decimal rounded(int scale, rounding how = rounding::half_away) const;
    // The quotient with exactly `scale` digits behind the point. Throws: value_error also for a division of a
    // number by zero, as the server does.
    ORM_EXPORT decimal divided(const decimal& by, int scale, rounding how = rounding::half_away) const;

    ORM_EXPORT decimal operator-() const;
    decimal& operator+=(const decimal& other) { return *this = *this + other; }
    decimal& operator-=(const decimal& other) { return *this = *this - other; }
    decimal& operator*=(const decimal& other) { return *this = *this * other; }

    // Throw value_error where the result has more digits than PostgreSQL can hold.
    ORM_EXPORT friend decimal operator+(const decimal& a, const decimal& b);
    ORM_EXPORT friend decimal operator-(const decimal& a, const decimal& b);
    ORM_EXPORT friend decimal operator*(const decimal& a, const decimal& b);

    ORM_EXPORT friend std::weak_ordering operator<=>(const decimal& a, const decimal& b);
    friend bool operator==(const decimal& a, const decimal& b) { return (a <=> b) == 0; }

    ORM_EXPORT std::size_t hash() const;

private:
    enum class form : std::uint8_t { finite, infinite, nan };

    ORM_EXPORT decimal(bool negative, std::uint64_t magnitude);
    decimal(bool negative, std::string digits, std::int64_t scale);

    std::string digits_{};
    std::int32_t scale_ = 0;
    form form_ = form::finite;
    bool negative_ = false;
};

inline std::string to_string(const decimal& value) { return value.to_string(); }

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const decimal& value) {
    return out << value.to_string();
}

inline namespace literals {

// 9.99_dec: exactly the digits that are written.
inline decimal operator""_dec(const char* digits) { return decimal(std::string_view(digits)); }

}  // namespace literals

}  // namespace orm::inline v0

template <>
struct std::hash<orm::decimal> {
    std::size_t operator()(const orm::decimal& value) const { return value.hash(); }
};
