// Feeds bytes to every decoder. Whatever the bytes, the only ways out are a value and a decode_error.
#pragma once

#include <asynchrormous/postgres/codec.hpp>

#include <nlohmann/json.hpp>

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

template <class T>
void decode_exactly_and_as(orm::postgres::field_view field, std::uint32_t oid) {
    decode_as<T>(field, orm::sql::oid::of(orm::postgres::codec<T>::type));
    decode_as<T>(field, oid);
}

template <class... T>
void decode_types(orm::postgres::field_view field, std::uint32_t oid) {
    (decode_exactly_and_as<T>(field, oid), ...);
    (decode_exactly_and_as<std::optional<T>>(field, oid), ...);
    (decode_exactly_and_as<std::vector<T>>(field, oid), ...);
    (decode_exactly_and_as<std::vector<std::optional<T>>>(field, oid), ...);
}

inline void decode_all(std::string_view bytes, std::uint32_t oid) {
    const orm::postgres::field_view field{bytes.data(), static_cast<std::int32_t>(bytes.size())};
    decode_types<bool, std::int16_t, std::int32_t, std::int64_t, float, double, std::string, orm::bytes,
                 orm::uuid, orm::date, orm::timestamp, orm::timestamptz, nlohmann::json, color>(field, oid);
    for (const orm::sql::oid::pair& known : orm::sql::oid::of_kind)
        for (const bool array : {false, true})
            static_cast<void>(orm::postgres::to_text({{known.kind, array}, std::string(bytes)}));
}

}  // namespace fuzz
