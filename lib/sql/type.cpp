#include <asynchrormous/sql/named_type.hpp>
#include <asynchrormous/sql/oid.hpp>
#include <asynchrormous/sql/type.hpp>

#include <iterator>

namespace orm::inline v0::sql {

namespace {

struct spelling {
    std::string_view scalar;
    std::string_view array;
};

// In the order of type_kind.
constexpr spelling spellings[] = {
    {"unknown", "unknown[]"},
    {"boolean", "boolean[]"},
    {"smallint", "smallint[]"},
    {"integer", "integer[]"},
    {"bigint", "bigint[]"},
    {"real", "real[]"},
    {"double precision", "double precision[]"},
    {"text", "text[]"},
    {"character varying", "character varying[]"},
    {"character", "character[]"},
    {"name", "name[]"},
    {"bytea", "bytea[]"},
    {"uuid", "uuid[]"},
    {"date", "date[]"},
    {"timestamp without time zone", "timestamp without time zone[]"},
    {"timestamp with time zone", "timestamp with time zone[]"},
    {"json", "json[]"},
    {"jsonb", "jsonb[]"},
    {"numeric", "numeric[]"},
    {"text", "text[]"},
    {"time without time zone", "time without time zone[]"},
    {"time with time zone", "time with time zone[]"},
    {"interval", "interval[]"},
    {"int4range", "int4range[]"},
    {"int8range", "int8range[]"},
    {"numrange", "numrange[]"},
    {"tsrange", "tsrange[]"},
    {"tstzrange", "tstzrange[]"},
    {"daterange", "daterange[]"},
    {"int4multirange", "int4multirange[]"},
    {"int8multirange", "int8multirange[]"},
    {"nummultirange", "nummultirange[]"},
    {"tsmultirange", "tsmultirange[]"},
    {"tstzmultirange", "tstzmultirange[]"},
    {"datemultirange", "datemultirange[]"},
    {"inet", "inet[]"},
    {"cidr", "cidr[]"},
    {"macaddr", "macaddr[]"},
    {"macaddr8", "macaddr8[]"},
    {"bit", "bit[]"},
    {"bit varying", "bit varying[]"},
    {"money", "money[]"},
    {"xml", "xml[]"},
    {"tsvector", "tsvector[]"},
    {"tsquery", "tsquery[]"},
    {"point", "point[]"},
    {"line", "line[]"},
    {"lseg", "lseg[]"},
    {"box", "box[]"},
    {"path", "path[]"},
    {"polygon", "polygon[]"},
    {"circle", "circle[]"},
    {"hstore", "hstore[]"},
    {"a type of the database", "an array of a type of the database"},
    {"a type of the database", "an array of a type of the database"},
};
static_assert(std::size(spellings) == std::size(oid::of_kind));

constexpr bool in_the_order_of_type_kind() {
    for (std::size_t i = 0; i < std::size(oid::of_kind); ++i)
        if (oid::of_kind[i].kind != static_cast<type_kind>(i)) return false;
    return true;
}
static_assert(in_the_order_of_type_kind());

// Null when it is none.
const named_type* named_of(type t) noexcept {
    return t.kind >= type_kind::named ? static_cast<const named_type*>(t.identity) : nullptr;
}

}  // namespace

std::uint32_t oid_of(type t) { return oid::of(t); }

std::uint32_t parameter_oid_of(type t) {
    if (t.kind == type_kind::varchar || t.kind == type_kind::named_text) t.kind = type_kind::text;
    return oid::of(t);
}

std::string_view name_of(type t) {
    if (const named_type* named = named_of(t)) return t.array ? named->array : named->name;
    const spelling& found = spellings[static_cast<std::size_t>(t.kind)];
    return t.array ? found.array : found.scalar;
}

void append_placeholder(std::string& text, std::size_t number, type of) {
    text.append("$").append(std::to_string(number));
    if (is_named(of)) text.append("::").append(name_of(of));
}

std::string_view name_of_oid(std::uint32_t oid) {
    if (oid == 0) return {};
    if (oid == oid::oid) return "oid";
    for (std::size_t i = 1; i < std::size(oid::of_kind); ++i) {
        if (oid::of_kind[i].scalar == oid) return spellings[i].scalar;
        if (oid::of_kind[i].array == oid) return spellings[i].array;
    }
    return {};
}

}  // namespace orm::inline v0::sql
