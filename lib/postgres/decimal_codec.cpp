#include "postgres/numeric.hpp"

#include <asynchrormous/postgres/decimal_codec.hpp>
#include <asynchrormous/postgres/number_codec.hpp>

#include <limits>

namespace orm::inline v0::postgres {

namespace {

constexpr std::size_t group = 4;  // decimal digits in one of PostgreSQL's

void append_header(std::size_t digits, std::int64_t weight, std::uint16_t sign, int scale, std::string& out) {
    wire::append(out, static_cast<std::int16_t>(digits));
    wire::append(out, static_cast<std::int16_t>(weight));
    wire::append(out, sign);
    wire::append(out, static_cast<std::int16_t>(scale));
}

std::uint16_t sign_of(const decimal& value) {
    if (value.is_nan()) return 0xc000;
    if (value.is_finite()) return value.is_negative() ? 0x4000 : 0;
    return value.is_negative() ? 0xf000 : 0xd000;
}

// The digits filled up with zeros at both ends, so that the point stands between groups.
std::string in_groups(const decimal& value) {
    std::string text(value.digits());
    const auto scale = static_cast<std::size_t>(value.scale());
    text.append((group - scale % group) % group, '0');
    return text.insert(0, (group - text.size() % group) % group, '0');
}

}  // namespace

void codec<decimal>::encode(const decimal& value, std::string& out) {
    const std::string text = in_groups(value);
    const auto behind =
        static_cast<std::int64_t>((static_cast<std::size_t>(value.scale()) + group - 1) / group);
    const std::int64_t weight = static_cast<std::int64_t>(text.size() / group) - behind - 1;
    const std::size_t last = text.find_last_not_of('0');
    const std::size_t digits = last == std::string::npos ? 0 : last / group + 1;
    append_header(digits, digits == 0 ? 0 : weight, sign_of(value), value.scale(), out);
    for (std::size_t i = 0; i < digits * group; i += group) {
        int digit = 0;
        for (const char c : text.substr(i, group)) digit = digit * 10 + (c - '0');
        wire::append(out, static_cast<std::int16_t>(digit));
    }
}

decimal codec<decimal>::decode(field_view field) {
    const std::optional<decimal> value = decimal::parse(numeric_text(field));
    if (!value) detail::throw_malformed(type, "it has more digits than PostgreSQL allows");
    return *value;
}

decimal codec<decimal>::convert(field_view field, std::uint32_t oid) {
    if (oid == sql::oid::numeric) return decode(field);
    using limits = std::numeric_limits<std::int64_t>;
    return detail::read_integer(field, oid, limits::min(), limits::max());
}

}  // namespace orm::inline v0::postgres
