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
inline constexpr std::uint32_t time = 1083, time_array = 1183;
inline constexpr std::uint32_t timetz = 1266, timetz_array = 1270;
inline constexpr std::uint32_t interval = 1186, interval_array = 1187;
inline constexpr std::uint32_t int4range = 3904, int4range_array = 3905;
inline constexpr std::uint32_t int8range = 3926, int8range_array = 3927;
inline constexpr std::uint32_t numrange = 3906, numrange_array = 3907;
inline constexpr std::uint32_t tsrange = 3908, tsrange_array = 3909;
inline constexpr std::uint32_t tstzrange = 3910, tstzrange_array = 3911;
inline constexpr std::uint32_t daterange = 3912, daterange_array = 3913;
inline constexpr std::uint32_t int4multirange = 4451, int4multirange_array = 6150;
inline constexpr std::uint32_t int8multirange = 4536, int8multirange_array = 6157;
inline constexpr std::uint32_t nummultirange = 4532, nummultirange_array = 6151;
inline constexpr std::uint32_t tsmultirange = 4533, tsmultirange_array = 6152;
inline constexpr std::uint32_t tstzmultirange = 4534, tstzmultirange_array = 6153;
inline constexpr std::uint32_t datemultirange = 4535, datemultirange_array = 6155;
inline constexpr std::uint32_t inet = 869, inet_array = 1041;
inline constexpr std::uint32_t cidr = 650, cidr_array = 651;
inline constexpr std::uint32_t macaddr = 829, macaddr_array = 1040;
inline constexpr std::uint32_t macaddr8 = 774, macaddr8_array = 775;
inline constexpr std::uint32_t bit = 1560, bit_array = 1561;
inline constexpr std::uint32_t varbit = 1562, varbit_array = 1563;
inline constexpr std::uint32_t money = 790, money_array = 791;
inline constexpr std::uint32_t xml = 142, xml_array = 143;
inline constexpr std::uint32_t tsvector = 3614, tsvector_array = 3643;
inline constexpr std::uint32_t tsquery = 3615, tsquery_array = 3645;
inline constexpr std::uint32_t point = 600, point_array = 1017;
inline constexpr std::uint32_t line = 628, line_array = 629;
inline constexpr std::uint32_t lseg = 601, lseg_array = 1018;
inline constexpr std::uint32_t box = 603, box_array = 1020;
inline constexpr std::uint32_t path = 602, path_array = 1019;
inline constexpr std::uint32_t polygon = 604, polygon_array = 1027;
inline constexpr std::uint32_t circle = 718, circle_array = 719;

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
    {type_kind::time, time, time_array},
    {type_kind::timetz, timetz, timetz_array},
    {type_kind::interval, interval, interval_array},
    {type_kind::int4range, int4range, int4range_array},
    {type_kind::int8range, int8range, int8range_array},
    {type_kind::numrange, numrange, numrange_array},
    {type_kind::tsrange, tsrange, tsrange_array},
    {type_kind::tstzrange, tstzrange, tstzrange_array},
    {type_kind::daterange, daterange, daterange_array},
    {type_kind::int4multirange, int4multirange, int4multirange_array},
    {type_kind::int8multirange, int8multirange, int8multirange_array},
    {type_kind::nummultirange, nummultirange, nummultirange_array},
    {type_kind::tsmultirange, tsmultirange, tsmultirange_array},
    {type_kind::tstzmultirange, tstzmultirange, tstzmultirange_array},
    {type_kind::datemultirange, datemultirange, datemultirange_array},
    {type_kind::inet, inet, inet_array},
    {type_kind::cidr, cidr, cidr_array},
    {type_kind::macaddr, macaddr, macaddr_array},
    {type_kind::macaddr8, macaddr8, macaddr8_array},
    {type_kind::bit, bit, bit_array},
    {type_kind::varbit, varbit, varbit_array},
    {type_kind::money, money, money_array},
    {type_kind::xml, xml, xml_array},
    {type_kind::tsvector, tsvector, tsvector_array},
    {type_kind::tsquery, tsquery, tsquery_array},
    {type_kind::point, point, point_array},
    {type_kind::line, line, line_array},
    {type_kind::lseg, lseg, lseg_array},
    {type_kind::box, box, box_array},
    {type_kind::path, path, path_array},
    {type_kind::polygon, polygon, polygon_array},
    {type_kind::circle, circle, circle_array},
    {type_kind::hstore, 0, 0},
    {type_kind::named, 0, 0},
    {type_kind::named_text, 0, 0},
};

// oid_of(type) where it must be a constant.
constexpr std::uint32_t of(type t) {
    const pair& found = of_kind[static_cast<std::size_t>(t.kind)];
    return t.array ? found.array : found.scalar;
}

}  // namespace orm::inline v0::sql::oid
