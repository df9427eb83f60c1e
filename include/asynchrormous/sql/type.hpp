// The PostgreSQL types the library knows, as small constexpr values.
// A type says how a value travels (its OID and binary format) and how it is spelled in SQL.
// OIDs: PostgreSQL's catalog pg_type, fixed for built-in types.
#pragma once

#include <asynchrormous/export.hpp>

#include <cstdint>
#include <string_view>

namespace orm::inline v0::sql {

enum class type_kind : std::uint8_t {
    unknown,
    boolean,
    int2,
    int4,
    int8,
    float4,
    float8,
    text,
    varchar,
    bpchar,
    name,
    bytea,
    uuid,
    date,
    timestamp,
    timestamptz,
    json,
    jsonb,
    numeric,
    enumeration,  // a C++ enum: travels and is stored as text, one of its enumerators' names
    time,
    timetz,
    interval,
    int4range,
    int8range,
    numrange,
    tsrange,
    tstzrange,
    daterange,
    int4multirange,
    int8multirange,
    nummultirange,
    tsmultirange,
    tstzmultirange,
    datemultirange,
    inet,
    cidr,
    macaddr,
    macaddr8,
    bit,
    varbit,
    money,
    xml,
    tsvector,
    tsquery,
    point,
    line,
    lseg,
    box,
    path,
    polygon,
    circle,
};

struct type {
    type_kind kind = type_kind::unknown;
    bool array = false;              // an array of `kind`, any number of dimensions on the server, one in C++
    const void* identity = nullptr;  // tells one C++ enum from another; null for all other kinds

    friend constexpr bool operator==(const type&, const type&) = default;
};

// What a range or multirange is of; unknown: of nothing, since it is none.
constexpr type_kind element_of_range(type_kind kind) {
    using enum type_kind;
    constexpr type_kind elements[] = {int4, int8, numeric, timestamp, timestamptz, date};
    if (kind < int4range || kind > datemultirange) return unknown;
    return elements[(static_cast<int>(kind) - static_cast<int>(int4range)) % 6];
}

// The OID a parameter of this type is sent with, and a result column of it arrives with.
// enumeration counts as text, arrays give the array type's OID.
ORM_EXPORT std::uint32_t oid_of(type t);

// The OID a parameter is sent with: varchar and enumerations travel as text (protocol rule 14).
ORM_EXPORT std::uint32_t parameter_oid_of(type t);

// PostgreSQL's spelling without length: "bigint", "text[]".
ORM_EXPORT std::string_view name_of(type t);

// PostgreSQL's spelling of a built-in type's OID for messages, "oid 12345" texts are the caller's: empty when
// unknown.
ORM_EXPORT std::string_view name_of_oid(std::uint32_t oid);

}  // namespace orm::inline v0::sql
