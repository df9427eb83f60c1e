#include "postgres/numeric.hpp"

#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/postgres/network_codec.hpp>
#include <asynchrormous/postgres/range_codec.hpp>
#include <asynchrormous/postgres/time_codec.hpp>
#include <asynchrormous/postgres/to_text.hpp>

#include <charconv>
#include <cmath>

namespace orm::inline v0::postgres {

namespace {

std::string quoted(std::string_view text) {
    std::string out = "'";
    for (const char c : text) out.append(c == '\'' ? 2 : 1, c);
    return out += '\'';
}

// The shortest text that reads back as the same number, as PostgreSQL prints it since version 12.
template <class T>
std::string number_text(T value) {
    if (std::isnan(value)) return "'NaN'";
    if (std::isinf(value)) return value > 0 ? "'Infinity'" : "'-Infinity'";
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

std::string hex_text(std::string_view bytes) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out = "\\x";
    for (const char c : bytes) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

template <class T>
std::string quoted_text(field_view field) {
    return quoted(codec<T>::decode(field).to_string());
}

std::string scalar_text(sql::type_kind kind, field_view field);

std::string bound_text(sql::type_kind element, field_view bound) {
    std::string text = bound.null() ? std::string() : scalar_text(element, bound);
    if (text.starts_with('\'')) text = text.substr(1, text.size() - 2);
    return text.find(' ') == std::string::npos ? text : '"' + text + '"';
}

// In the notation of PostgreSQL documentation, 8.17.5: [1,3), empty.
std::string range_text(sql::type_kind kind, field_view field) {
    const detail::range_view range = detail::view_of_range(field, {kind});
    if (range.empty) return "'empty'";
    const sql::type_kind element = sql::element_of_range(kind);
    return (range.lower_included ? "'[" : "'(") + bound_text(element, range.lower) + ',' +
           bound_text(element, range.upper) + (range.upper_included ? "]'" : ")'");
}

std::string scalar_text(sql::type_kind kind, field_view field) {
    using enum sql::type_kind;
    switch (kind) {
        case boolean:
            return codec<bool>::decode(field) ? "true" : "false";
        case int2:
            return std::to_string(codec<std::int16_t>::decode(field));
        case int4:
            return std::to_string(codec<std::int32_t>::decode(field));
        case int8:
            return std::to_string(codec<std::int64_t>::decode(field));
        case float4:
            return number_text(codec<float>::decode(field));
        case float8:
            return number_text(codec<double>::decode(field));
        case uuid:
            return quoted_text<orm::uuid>(field);
        case date:
            return quoted_text<orm::date>(field);
        case timestamp:
            return quoted_text<orm::timestamp>(field);
        case timestamptz:
            return quoted_text<orm::timestamptz>(field);
        case time:
            return quoted_text<orm::time_of_day>(field);
        case timetz:
            return quoted_text<orm::time_of_day_tz>(field);
        case interval:
            return quoted_text<orm::interval>(field);
        case int4range:
        case int8range:
        case numrange:
        case tsrange:
        case tstzrange:
        case daterange:
            return range_text(kind, field);
        case inet:
            return quoted_text<orm::inet>(field);
        case cidr:
            return quoted_text<orm::cidr>(field);
        case macaddr:
            return quoted_text<orm::macaddr>(field);
        case macaddr8:
            return quoted_text<orm::macaddr8>(field);
        case numeric:
            return numeric_text(field);
        case jsonb:
            return quoted(field.bytes().substr(field.size > 0 ? 1 : 0));
        case json:
        case text:
        case varchar:
        case bpchar:
        case name:
        case xml:
        case enumeration:
        case named_text:
            return quoted(field.bytes());
        default:  // as they travel
            return quoted(hex_text(field.bytes()));
    }
}

std::string array_text(sql::type type, field_view field) {
    detail::array_reader reader(field, type);
    std::string out = "ARRAY[";
    for (std::size_t i = 0; i < reader.size(); ++i) {
        const field_view element = reader.next();
        if (i != 0) out += ", ";
        out += element.null() ? "NULL" : scalar_text(type.kind, element);
    }
    return out += ']';
}

}  // namespace

std::string to_text(const sql::parameter& bound) {
    if (!bound.bytes) return "NULL";
    const field_view field{bound.bytes->data(), static_cast<std::int32_t>(bound.bytes->size())};
    try {
        return bound.type.array ? array_text(bound.type, field) : scalar_text(bound.type.kind, field);
    } catch (const decode_error&) {  // bytes of a codec that the program wrote itself
        return quoted(hex_text(field.bytes()));
    }
}

}  // namespace orm::inline v0::postgres
