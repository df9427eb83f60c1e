// The library's value classes: date, timestamp, timestamptz, uuid. Infinities travel as they are.
#pragma once

#include <asynchrormous/postgres/number_codec.hpp>
#include <asynchrormous/sql/date.hpp>
#include <asynchrormous/sql/timestamp.hpp>
#include <asynchrormous/sql/uuid.hpp>

#include <array>
#include <cstring>

namespace orm::inline v0::postgres {

template <>
struct codec<date> {
    static constexpr sql::type type{sql::type_kind::date};

    static void encode(date value, std::string& out) { wire::append(out, value.to_postgres()); }
    static date decode(field_view field) {
        return date::from_postgres(detail::decode_number<std::int32_t>(field, type));
    }
};

template <>
struct codec<timestamp> {
    static constexpr sql::type type{sql::type_kind::timestamp};

    static void encode(timestamp value, std::string& out) { wire::append(out, value.to_postgres()); }
    static timestamp decode(field_view field) {
        return timestamp::from_postgres(detail::decode_number<std::int64_t>(field, type));
    }
};

template <>
struct codec<timestamptz> {
    static constexpr sql::type type{sql::type_kind::timestamptz};

    static void encode(timestamptz value, std::string& out) { wire::append(out, value.to_postgres()); }
    static timestamptz decode(field_view field) {
        return timestamptz::from_postgres(detail::decode_number<std::int64_t>(field, type));
    }
};

template <>
struct codec<uuid> {
    static constexpr sql::type type{sql::type_kind::uuid};

    static void encode(const uuid& value, std::string& out) {
        out.append(reinterpret_cast<const char*>(value.octets().data()), value.octets().size());
    }
    static uuid decode(field_view field) {
        std::array<std::uint8_t, 16> octets;
        if (field.size != static_cast<std::int32_t>(octets.size())) [[unlikely]]
            detail::throw_wrong_size(field, type);
        std::memcpy(octets.data(), field.data, octets.size());
        return uuid(octets);
    }
};

}  // namespace orm::inline v0::postgres
