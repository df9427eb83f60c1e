// bit_string, money, xml and tsvector (varbit.c, cash.c, xml.c, tsvector.c: *_send).
#pragma once

#include <asynchrormous/postgres/number_codec.hpp>
#include <asynchrormous/postgres/text_codec.hpp>
#include <asynchrormous/sql/bit_string.hpp>
#include <asynchrormous/sql/money.hpp>
#include <asynchrormous/sql/tsvector.hpp>
#include <asynchrormous/sql/xml.hpp>

#include <string>

namespace orm::inline v0::postgres {

//     int32 bits | bytes, the first bit is the highest of the first byte
// Columns of bit(n) are read as well.
template <>
struct ORM_EXPORT codec<bit_string> {
    static constexpr sql::type type{sql::type_kind::varbit};

    static void encode(const bit_string& value, std::string& out);
    static bit_string decode(field_view field);
    static bit_string convert(field_view field, std::uint32_t oid);
};

template <>
struct codec<money> {
    static constexpr sql::type type{sql::type_kind::money};

    static void encode(money value, std::string& out) { wire::append(out, value.smallest_units); }
    static money decode(field_view field) { return {detail::decode_number<std::int64_t>(field, type)}; }
};

template <>
struct codec<xml> {
    static constexpr sql::type type{sql::type_kind::xml};

    static void encode(const xml& value, std::string& out) { detail::append_text(value.text, out); }
    static xml decode(field_view field) {
        if (field.null()) detail::throw_wrong_size(field, type);
        return {std::string(field.bytes())};
    }
};

//     int32 words | each: its bytes and a zero | int16 positions | uint16 each, the weight in the highest two
//     bits
// Throws: value_error for a word with a zero byte, for positions and weights that there are none of.
template <>
struct ORM_EXPORT codec<tsvector> {
    static constexpr sql::type type{sql::type_kind::tsvector};

    static void encode(const tsvector& value, std::string& out);
    static tsvector decode(field_view field);
};

}  // namespace orm::inline v0::postgres
