// Feeds bytes to decoders. Whatever the bytes, the only ways out are a value and a decode_error.
#pragma once

#include <asynchrormous/postgres/codec.hpp>
#include <asynchrormous/postgres/decimal_codec.hpp>
#include <asynchrormous/postgres/geometry_codec.hpp>
#include <asynchrormous/postgres/more_codecs.hpp>
#include <asynchrormous/postgres/nd_array_codec.hpp>
#include <asynchrormous/postgres/network_codec.hpp>
#include <asynchrormous/postgres/range_codec.hpp>
#include <asynchrormous/postgres/time_codec.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <string_view>

namespace fuzz {

enum class color { red, green };

template <class T>
void decode_as(orm::postgres::field_view field, std::uint32_t oid) {
    try {
        const T value = orm::postgres::read<T>(field, oid);
        static_cast<void>(orm::postgres::to_text(orm::postgres::to_parameter(value)));
    } catch (const orm::decode_error&) {
    } catch (const orm::value_error&) {  // bytes that no server sends: text with a NUL byte
    }
}

// As a column of just its own type, and as one of the type `oid`.
template <class T>
void decode_twice(orm::postgres::field_view field, std::uint32_t oid) {
    decode_as<T>(field, orm::sql::oid::of(orm::postgres::codec<T>::type));
    decode_as<T>(field, oid);
}

template <class T>
void decode_forms(std::size_t form, orm::postgres::field_view field, std::uint32_t oid) {
    if (form == 0) decode_twice<T>(field, oid);
    if (form == 1) decode_twice<std::optional<T>>(field, oid);
    if (form == 2) decode_twice<std::vector<T>>(field, oid);
    if (form == 3) decode_twice<std::vector<std::optional<T>>>(field, oid);
}

template <class... T>
struct types {
    static constexpr std::size_t count = 4 * sizeof...(T);

    static void decode(std::size_t which, orm::postgres::field_view field, std::uint32_t oid) {
        std::size_t i = 0;
        ((i++ == which / 4 ? decode_forms<T>(which % 4, field, oid) : void()), ...);
    }
};

using all_types =
    types<bool, std::int16_t, std::int32_t, std::int64_t, float, double, std::string, orm::bytes, orm::uuid,
          orm::date, orm::timestamp, orm::timestamptz, nlohmann::json, color, orm::decimal, orm::time_of_day,
          orm::time_of_day_tz, orm::interval, orm::range<std::int32_t>, orm::range<orm::decimal>,
          orm::multirange<orm::date>, orm::inet, orm::cidr, orm::macaddr, orm::path, orm::circle,
          orm::bit_string, orm::money, orm::xml, orm::tsvector>;

// The C++ type is number `which` of them, modulo their count.
inline void decode(std::size_t which, std::string_view bytes, std::uint32_t oid) {
    const orm::postgres::field_view field{bytes.data(), static_cast<std::int32_t>(bytes.size())};
    all_types::decode(which % all_types::count, field, oid);
    const orm::sql::oid::pair& shown = orm::sql::oid::of_kind[which % std::size(orm::sql::oid::of_kind)];
    static_cast<void>(orm::postgres::to_text({{shown.kind, which % 2 == 1}, std::string(bytes)}));
}

}  // namespace fuzz
