#include "postgres/numeric.hpp"

#include <asynchrormous/postgres/codec.hpp>
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
            return quoted(codec<orm::uuid>::decode(field).to_string());
        case date:
            return quoted(codec<orm::date>::decode(field).to_string());
        case timestamp:
            return quoted(codec<orm::timestamp>::decode(field).to_string());
        case timestamptz:
            return quoted(codec<orm::timestamptz>::decode(field).to_string());
        case numeric:
            return numeric_text(field);
        case jsonb:
            return quoted(field.bytes().substr(field.size > 0 ? 1 : 0));
        case bytea:
        case unknown:
            return quoted(hex_text(field.bytes()));
        default:
            return quoted(field.bytes());
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
