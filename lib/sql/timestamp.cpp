#include "sql/iso_text.hpp"

#include <asynchrormous/sql/timestamp.hpp>

namespace orm::inline v0 {

namespace {

constexpr std::int64_t per_day = detail::microseconds_per_day;

// Both timestamps in one: `zoned` says whether a zone must or must not be there.
template <class T>
std::optional<T> parse_as(std::string_view text, bool zoned) {
    if (const int sign = iso_text::infinity_of(text))
        return sign > 0 ? T::infinity() : T::negative_infinity();
    iso_text::scanner scan(text);
    std::optional<calendar::civil> day = scan.day();
    if (!day || !scan.take_one_of(" T")) return std::nullopt;
    const std::optional<std::int64_t> time = scan.time_of_day();
    const std::optional<std::int64_t> zone = zoned ? scan.zone_in_seconds() : 0;
    if (!time || !zone || !scan.era(*day) || !scan.done()) return std::nullopt;
    const std::int64_t days = calendar::days_of(*day);
    if (days < date::min().to_postgres() - 1 || days > T::max().to_postgres() / per_day) return std::nullopt;
    // A zone may push a time out of the range: by hours only, and the count has eight days to spare.
    const std::int64_t count = days * per_day + *time - *zone * 1'000'000;
    if (count < T::min().to_postgres() || count > T::max().to_postgres()) return std::nullopt;
    return T::from_postgres(count);
}

template <class T>
std::string print(const T& value, std::string_view zone) {
    if (value == T::infinity()) return "infinity";
    if (value == T::negative_infinity()) return "-infinity";
    const std::int64_t count = value.to_postgres();
    // Not `count - days * per_day`, which overflows where a count lies beyond the type's range.
    const std::int64_t within_day = (count % per_day + per_day) % per_day;
    const std::int64_t days = count / per_day - (count % per_day < 0 ? 1 : 0);
    const calendar::civil day = calendar::civil_of(days);
    std::string out;
    iso_text::append_day(day, out);
    out += ' ';
    iso_text::append_time_of_day(within_day, out);
    out += zone;
    iso_text::append_era(day, out);
    return out;
}

}  // namespace

std::optional<timestamp> timestamp::parse(std::string_view text) { return parse_as<timestamp>(text, false); }

std::string timestamp::to_string() const { return print(*this, ""); }

std::optional<timestamptz> timestamptz::parse(std::string_view text) {
    return parse_as<timestamptz>(text, true);
}

std::string timestamptz::to_string() const { return print(*this, "+00"); }

}  // namespace orm::inline v0
