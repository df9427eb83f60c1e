#include "postgres/numeric.hpp"

#include <asynchrormous/postgres/decode_error.hpp>
#include <asynchrormous/postgres/wire.hpp>

namespace orm::inline v0::postgres {

namespace {

constexpr sql::type numeric_type{sql::type_kind::numeric};
constexpr std::int32_t header_size = 8;

struct numeric_view {
    int digits;
    int weight;
    std::uint16_t sign;
    int scale;
    const char* data;

    // The base-10000 digit that counts 10000^power.
    int digit(int power) const {
        const int index = weight - power;
        if (index < 0 || index >= digits) return 0;
        return wire::load<std::int16_t>(data + 2 * index);
    }
};

numeric_view view_of(field_view field) {
    if (field.size < header_size) detail::throw_wrong_size(field, numeric_type);
    const numeric_view view{wire::load<std::int16_t>(field.data), wire::load<std::int16_t>(field.data + 2),
                            wire::load<std::uint16_t>(field.data + 4),
                            wire::load<std::uint16_t>(field.data + 6), field.data + header_size};
    if (view.digits < 0 || field.size != header_size + 2 * view.digits)
        detail::throw_malformed(numeric_type, "its size and its number of digits disagree");
    if (view.scale > 0x3fff) detail::throw_malformed(numeric_type, "its scale is out of range");
    for (int i = 0; i < view.digits; ++i) {
        const auto digit = wire::load<std::int16_t>(view.data + 2 * i);
        if (digit < 0 || digit > 9999) detail::throw_malformed(numeric_type, "a digit is out of range");
    }
    return view;
}

void append_four(int digit, std::string& out) {
    for (const int unit : {1000, 100, 10, 1}) out += static_cast<char>('0' + digit / unit % 10);
}

std::string finite_text(const numeric_view& view) {
    std::string whole;
    for (int power = view.weight; power >= 0; --power) append_four(view.digit(power), whole);
    whole.erase(0, whole.find_first_not_of('0'));
    std::string out = view.sign == 0x4000 ? "-" : "";
    out += whole.empty() ? "0" : whole;
    if (view.scale == 0) return out;
    out += '.';
    std::string fraction;
    for (int power = -1; static_cast<int>(fraction.size()) < view.scale; --power)
        append_four(view.digit(power), fraction);
    return out.append(fraction, 0, static_cast<std::size_t>(view.scale));
}

}  // namespace

std::string numeric_text(field_view field) {
    const numeric_view view = view_of(field);
    switch (view.sign) {
        case 0x0000:
        case 0x4000:
            return finite_text(view);
        case 0xc000:
            return "NaN";
        case 0xd000:
            return "Infinity";
        case 0xf000:
            return "-Infinity";
        default:
            detail::throw_malformed(numeric_type, "its sign is none");
    }
}

}  // namespace orm::inline v0::postgres
