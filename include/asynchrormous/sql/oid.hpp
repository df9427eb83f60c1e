// The OIDs of PostgreSQL's built-in types and of their arrays, fixed in its catalog (pg_type.dat).
#pragma once

#include <asynchrormous/sql/type.hpp>

#include <cstddef>
#include <cstdint>

namespace orm::inline v0::sql::oid {

inline constexpr std::uint32_t boolean = 16, boolean_array = 1000;
inline constexpr std::uint32_t bytea = 17, bytea_array = 1001;
inline constexpr std::uint32_t name = 19, name_array = 1003;
inline constexpr std::uint32_t int8 = 20, int8_array = 1016;
inline constexpr std::uint32_t int2 = 21, int2_array = 1005;
inline constexpr std::uint32_t int4 = 23, int4_array = 1007;
inline constexpr std::uint32_t text = 25, text_array = 1009;
inline constexpr std::uint32_t oid = 26;
inline constexpr std::uint32_t json = 114, json_array = 199;
inline constexpr std::uint32_t float4 = 700, float4_array = 1021;
inline constexpr std::uint32_t float8 = 701, float8_array = 1022;
inline constexpr std::uint32_t bpchar = 1042, bpchar_array = 1014;
inline constexpr std::uint32_t varchar = 1043, varchar_array = 1015;
inline constexpr std::uint32_t date = 1082, date_array = 1182;
inline constexpr std::uint32_t timestamp = 1114, timestamp_array = 1115;
inline constexpr std::uint32_t timestamptz = 1184, timestamptz_array = 1185;
inline constexpr std::uint32_t numeric = 1700, numeric_array = 1231;
inline constexpr std::uint32_t uuid = 2950, uuid_array = 2951;
inline constexpr std::uint32_t jsonb = 3802, jsonb_array = 3807;

struct pair {
    type_kind kind;
    std::uint32_t scalar;
    std::uint32_t array;
};

// In the order of type_kind; 0: none.
inline constexpr pair of_kind[] = {
    {type_kind::unknown, 0, 0},
    {type_kind::boolean, boolean, boolean_array},
    {type_kind::int2, int2, int2_array},
    {type_kind::int4, int4, int4_array},
    {type_kind::int8, int8, int8_array},
    {type_kind::float4, float4, float4_array},
    {type_kind::float8, float8, float8_array},
    {type_kind::text, text, text_array},
    {type_kind::varchar, varchar, varchar_array},
    {type_kind::bpchar, bpchar, bpchar_array},
    {type_kind::name, name, name_array},
    {type_kind::bytea, bytea, bytea_array},
    {type_kind::uuid, uuid, uuid_array},
    {type_kind::date, date, date_array},
    {type_kind::timestamp, timestamp, timestamp_array},
    {type_kind::timestamptz, timestamptz, timestamptz_array},
    {type_kind::json, json, json_array},
    {type_kind::jsonb, jsonb, jsonb_array},
    {type_kind::numeric, numeric, numeric_array},
    {type_kind::enumeration, text, text_array},
};

// oid_of(type) where it must be a constant.
constexpr std::uint32_t of(type t) {
    const pair& found = of_kind[static_cast<std::size_t>(t.kind)];
    return t.array ? found.array : found.scalar;
}

}  // namespace orm::inline v0::sql::oid
