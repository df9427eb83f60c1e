#include "sql/iso_text.hpp"

#include <asynchrormous/sql/date.hpp>

namespace orm::inline v0 {

std::optional<date> date::parse(std::string_view text) {
    if (const int sign = iso_text::infinity_of(text)) return sign > 0 ? infinity() : negative_infinity();
    iso_text::scanner scan(text);
    std::optional<calendar::civil> day = scan.day();
    if (!day || !scan.era(*day) || !scan.done()) return std::nullopt;
    const std::int64_t days = calendar::days_of(*day);
    if (days < lowest || days > highest) return std::nullopt;
    return from_postgres(static_cast<std::int32_t>(days));
}

std::string date::to_string() const {
    if (*this == infinity()) return "infinity";
    if (*this == negative_infinity()) return "-infinity";
    std::string out;
    iso_text::append_day(civil(), out);
    iso_text::append_era(civil(), out);
    return out;
}

}  // namespace orm::inline v0
