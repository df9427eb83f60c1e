// Parts of dates and times that a lookup may take of a column before it compares.
#pragma once

#include <cstdint>

namespace orm::inline v0::model_detail {

// Of a timestamptz they are those of the instant in UTC.
enum class transform : std::uint8_t {
    none,
    year,
    iso_year,
    quarter,
    month,
    week,          // ISO 8601
    week_day,      // Sunday is 1, Saturday is 7
    iso_week_day,  // Monday is 1, Sunday is 7
    day,
    hour,
    minute,
    second,
    date,
    time,
};

}  // namespace orm::inline v0::model_detail
