// The PostgreSQL types the library knows, as small constexpr values.
// A type says how a value travels (its OID and binary format) and how it is spelled in SQL.
// OIDs: PostgreSQL's catalog pg_type, fixed for built-in types.
#pragma once

#include <asynchrormous/export.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
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
    hstore,      // of the extension
    named,       // any other type that the database has made itself
    named_text,  // the same, and its binary format is its text: enums of the database, citext
};

struct type {
    type_kind kind = type_kind::unknown;
    bool array = false;              // an array of `kind`, any number of dimensions on the server, one in C++
    const void* identity = nullptr;  // tells C++ enums apart; of named ones their named_type; else null

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

// The OID a parameter is sent with: varchar and enumerations travel as text (protocol rule 14). Types that
// have no OID of their own travel as text where that is their format, else by the type that the SQL text
// gives them: 0.
ORM_EXPORT std::uint32_t parameter_oid_of(type t);

// Whether the database has made it, so that a parameter of it is spelled with its type.
constexpr bool is_named(type t) { return t.kind >= type_kind::hstore; }

// Whether values of it can be elements of an array that is sent: the header of one has the OID of its
// elements.
constexpr bool can_be_element(type t) {
    return !t.array && t.kind != type_kind::unknown && t.kind != type_kind::hstore &&
           t.kind != type_kind::named;
}

// PostgreSQL's spelling without length: "bigint", "text[]".
ORM_EXPORT std::string_view name_of(type t);

// Appends "$1"; of a type that the database has made "$1::mood", as there is no OID to send.
ORM_EXPORT void append_placeholder(std::string& text, std::size_t number, type of);

// PostgreSQL's spelling of a built-in type's OID for messages, "oid 12345" texts are the caller's: empty when
// unknown.
ORM_EXPORT std::string_view name_of_oid(std::uint32_t oid);

}  // namespace orm::inline v0::sql
