#include "postgres/numeric.hpp"

#include <asynchrormous/postgres/number_codec.hpp>

#include <charconv>
#include <cmath>
#include <cstdlib>

namespace orm::inline v0::postgres::detail {

namespace {

[[noreturn]] void throw_out_of_range(const std::string& value, std::int64_t low, std::int64_t high) {
    throw decode_error("the value " + value + " does not fit the C++ type, which holds " +
                       std::to_string(low) + " to " + std::to_string(high));
}

// Sums and averages of integers: "12", or "12.0000" whose fraction is nothing but zeros.
std::int64_t integer_of_numeric(field_view field, std::int64_t low, std::int64_t high) {
    const std::string text = numeric_text(field);
    const std::size_t point = text.find('.');
    if (point != std::string::npos && text.find_first_not_of('0', point + 1) != std::string::npos)
        throw decode_error("the value " + text + " has a fraction and cannot be read as an integer");
    const char* end = text.data() + std::min(point, text.size());
    std::int64_t value = 0;
    const auto [stop, failure] = std::from_chars(text.data(), end, value);
    if (failure != std::errc() || stop != end) throw_out_of_range(text, low, high);
    return value;
}

std::int64_t any_integer(field_view field, std::uint32_t oid, std::int64_t low, std::int64_t high) {
    switch (oid) {
        case sql::oid::int2:
            return codec<std::int16_t>::decode(field);
        case sql::oid::int4:
            return codec<std::int32_t>::decode(field);
        case sql::oid::int8:
            return codec<std::int64_t>::decode(field);
        case sql::oid::oid:
            return decode_number<std::uint32_t>(field, codec<std::int32_t>::type);
        case sql::oid::numeric:
            return integer_of_numeric(field, low, high);
        default:
            throw_unreadable(oid, codec<std::int64_t>::type);
    }
}

// Correctly rounded, whatever the locale; beyond the largest double it is an infinity.
double double_of_numeric(field_view field) {
    const std::string text = numeric_text(field);
    if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
    double value = 0;
    const auto [stop, failure] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failure != std::errc::result_out_of_range) return value;
    const bool tiny = text.starts_with("0.") || text.starts_with("-0.");
    return std::copysign(tiny ? 0.0 : HUGE_VAL, text.front() == '-' ? -1.0 : 1.0);
}

}  // namespace

std::int64_t read_integer(field_view field, std::uint32_t oid, std::int64_t low, std::int64_t high) {
    const std::int64_t value = any_integer(field, oid, low, high);
    if (value < low || value > high) throw_out_of_range(std::to_string(value), low, high);
    return value;
}

double read_double(field_view field, std::uint32_t oid) {
    switch (oid) {
        case sql::oid::float8:
            return codec<double>::decode(field);
        case sql::oid::float4:
            return double{codec<float>::decode(field)};
        case sql::oid::int2:
            return codec<std::int16_t>::decode(field);
        case sql::oid::int4:
            return codec<std::int32_t>::decode(field);
        case sql::oid::numeric:
            return double_of_numeric(field);
        default:
            throw_unreadable(oid, codec<double>::type);
    }
}

void throw_wrong_bool(field_view field) {
    if (field.size != 1) throw_wrong_size(field, codec<bool>::type);
    throw_malformed(codec<bool>::type, "its byte is neither 0 nor 1");
}

}  // namespace orm::inline v0::postgres::detail
