// Dates and times of day as PostgreSQL's DateStyle ISO writes them (8.5.2), shared by date and the
// timestamps.
#pragma once

#include <asynchrormous/sql/calendar.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace orm::inline v0::iso_text {

// Reads from the front of a text; each function takes what it understood, or nothing and says so.
class scanner {
public:
    explicit scanner(std::string_view text) : rest_(text) {}

    bool done() const { return rest_.empty(); }
    bool take(std::string_view literal);
    char take_one_of(std::string_view characters);  // 0: none of them
    std::optional<std::int64_t> number(std::size_t min_digits, std::size_t max_digits);

    std::optional<calendar::civil> day();           // "2024-02-29"; the era stands at the very end
    std::optional<std::int64_t> time_of_day();      // "12:30:00.25" in microseconds
    std::optional<std::int64_t> zone_in_seconds();  // "Z", "+02", "-03:30", "+00:19:32"
    bool era(calendar::civil& day);                 // " BC", or nothing
    std::int64_t fraction_in_microseconds();        // what stands behind the point: "25" is 250000

private:
    std::string_view rest_;
};

// -1, 1: "-infinity", "infinity"; 0: neither.
int infinity_of(std::string_view text);

// "0044-03-15", without the era.
void append_day(const calendar::civil& day, std::string& out);
void append_era(const calendar::civil& day, std::string& out);
void append_time_of_day(std::int64_t microseconds, std::string& out);

}  // namespace orm::inline v0::iso_text
