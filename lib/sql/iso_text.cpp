#include "sql/iso_text.hpp"

#include <algorithm>

namespace orm::inline v0::iso_text {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void append_padded(std::int64_t value, std::size_t width, std::string& out) {
    const std::string digits = std::to_string(value);
    out.append(width > digits.size() ? width - digits.size() : 0, '0');
    out += digits;
}

}  // namespace

bool scanner::take(std::string_view literal) {
    if (!rest_.starts_with(literal)) return false;
    rest_.remove_prefix(literal.size());
    return true;
}

char scanner::take_one_of(std::string_view characters) {
    if (rest_.empty() || characters.find(rest_.front()) == std::string_view::npos) return 0;
    const char taken = rest_.front();
    rest_.remove_prefix(1);
    return taken;
}

std::optional<std::int64_t> scanner::number(std::size_t min_digits, std::size_t max_digits) {
    std::size_t digits = 0;
    std::int64_t value = 0;
    for (; digits < rest_.size() && digits < max_digits && is_digit(rest_[digits]); ++digits)
        value = value * 10 + (rest_[digits] - '0');
    if (digits < min_digits) return std::nullopt;
    rest_.remove_prefix(digits);
    return value;
}

std::optional<calendar::civil> scanner::day() {
    const std::optional<std::int64_t> year = number(4, 7);
    if (!year || !take("-")) return std::nullopt;
    const std::optional<std::int64_t> month = number(2, 2);
    if (!month || !take("-")) return std::nullopt;
    const std::optional<std::int64_t> of_month = number(2, 2);
    if (!of_month) return std::nullopt;
    return calendar::civil{static_cast<std::int32_t>(*year), static_cast<unsigned>(*month),
                           static_cast<unsigned>(*of_month)};
}

bool scanner::era(calendar::civil& day) {
    if (day.year == 0) return false;  // PostgreSQL writes 0001 BC
    if (take(" BC")) day.year = 1 - day.year;
    return calendar::valid(day);
}

// Digits beyond the sixth are dropped, as everywhere in this library: times are rounded down.
std::int64_t scanner::fraction_in_microseconds() {
    std::int64_t value = 0;
    std::int64_t weight = 100'000;
    while (!rest_.empty() && is_digit(rest_.front())) {
        value += (rest_.front() - '0') * weight;
        weight /= 10;
        rest_.remove_prefix(1);
    }
    return value;
}

std::optional<std::int64_t> scanner::time_of_day() {
    const std::optional<std::int64_t> hours = number(2, 2);
    if (!hours || !take(":")) return std::nullopt;
    const std::optional<std::int64_t> minutes = number(2, 2);
    if (!minutes) return std::nullopt;
    const std::optional<std::int64_t> seconds = take(":") ? number(2, 2) : 0;
    if (!seconds || *hours > 23 || *minutes > 59 || *seconds > 59) return std::nullopt;
    const std::int64_t whole = ((*hours * 60 + *minutes) * 60 + *seconds) * 1'000'000;
    return take(".") ? whole + fraction_in_microseconds() : whole;
}

std::optional<std::int64_t> scanner::zone_in_seconds() {
    if (take("Z")) return 0;
    const char sign = take_one_of("+-");
    const std::optional<std::int64_t> hours = number(2, 2);
    if (!sign || !hours) return std::nullopt;
    const std::optional<std::int64_t> minutes = take(":") ? number(2, 2) : number(0, 2);
    const std::optional<std::int64_t> seconds = take(":") ? number(2, 2) : 0;
    if (!minutes || !seconds || *hours > 15 || *minutes > 59 || *seconds > 59) return std::nullopt;
    const std::int64_t east = (*hours * 60 + *minutes) * 60 + *seconds;
    return sign == '-' ? -east : east;
}

int infinity_of(std::string_view text) {
    if (text == "infinity") return 1;
    return text == "-infinity" ? -1 : 0;
}

void append_day(const calendar::civil& day, std::string& out) {
    append_padded(day.year > 0 ? day.year : 1 - std::int64_t{day.year}, 4, out);
    out += '-';
    append_padded(day.month, 2, out);
    out += '-';
    append_padded(day.day, 2, out);
}

void append_era(const calendar::civil& day, std::string& out) {
    if (day.year <= 0) out += " BC";
}

void append_time_of_day(std::int64_t microseconds, std::string& out) {
    const std::int64_t seconds = microseconds / 1'000'000;
    append_padded(seconds / 3600, 2, out);
    out += ':';
    append_padded(seconds / 60 % 60, 2, out);
    out += ':';
    append_padded(seconds % 60, 2, out);
    if (const std::int64_t fraction = microseconds % 1'000'000) {
        out += '.';
        append_padded(fraction, 6, out);
        out.erase(out.find_last_not_of('0') + 1);
    }
}

}  // namespace orm::inline v0::iso_text
