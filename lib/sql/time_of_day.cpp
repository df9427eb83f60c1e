#include "sql/iso_text.hpp"

#include <asynchrormous/sql/time_of_day.hpp>

#include <cstdlib>

namespace orm::inline v0 {

namespace {

std::optional<time_of_day> take_time(iso_text::scanner& scan) {
    if (scan.take("24:00:00")) return time_of_day::max();
    const std::optional<std::int64_t> time = scan.time_of_day();
    if (!time) return std::nullopt;
    return time_of_day::from_postgres(*time);
}

void append_two(std::int64_t value, std::string& out) {
    out += static_cast<char>('0' + value / 10 % 10);
    out += static_cast<char>('0' + value % 10);
}

// "+02", "-03:30", "+00:19:32"
void append_zone(std::int64_t east, std::string& out) {
    const std::int64_t seconds = std::abs(east);
    out += east < 0 ? '-' : '+';
    append_two(seconds / 3600, out);
    if (seconds % 3600 == 0) return;
    out += ':';
    append_two(seconds / 60 % 60, out);
    if (seconds % 60 == 0) return;
    out += ':';
    append_two(seconds % 60, out);
}

}  // namespace

std::optional<time_of_day> time_of_day::parse(std::string_view text) {
    iso_text::scanner scan(text);
    const std::optional<time_of_day> time = take_time(scan);
    return scan.done() ? time : std::nullopt;
}

std::string time_of_day::to_string() const {
    std::string out;
    iso_text::append_time_of_day(microseconds_, out);
    return out;
}

std::optional<time_of_day_tz> time_of_day_tz::parse(std::string_view text) {
    iso_text::scanner scan(text);
    const std::optional<time_of_day> time = take_time(scan);
    const std::optional<std::int64_t> zone = time ? scan.zone_in_seconds() : std::nullopt;
    if (!zone || !scan.done()) return std::nullopt;
    return time_of_day_tz(*time, std::chrono::seconds(*zone));
}

std::string time_of_day_tz::to_string() const {
    std::string out = local_.to_string();
    append_zone(east_, out);
    return out;
}

}  // namespace orm::inline v0
