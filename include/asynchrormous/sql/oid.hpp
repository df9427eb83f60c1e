// The OIDs of PostgreSQL's built-in types and of their arrays, fixed in its catalog (pg_type.dat).
#pragma once

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

}  // namespace orm::inline v0::sql::oid
