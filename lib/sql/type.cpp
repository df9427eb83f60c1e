#include <asynchrormous/sql/oid.hpp>
#include <asynchrormous/sql/type.hpp>

#include <algorithm>
#include <iterator>

namespace orm::inline v0::sql {

namespace {

struct entry {
    type_kind kind;
    std::uint32_t oid;
    std::uint32_t array_oid;
    std::string_view name;
    std::string_view array_name;
};

constexpr entry entries[] = {
    {type_kind::unknown, 0, 0, "unknown", "unknown[]"},
    {type_kind::boolean, oid::boolean, oid::boolean_array, "boolean", "boolean[]"},
    {type_kind::int2, oid::int2, oid::int2_array, "smallint", "smallint[]"},
    {type_kind::int4, oid::int4, oid::int4_array, "integer", "integer[]"},
    {type_kind::int8, oid::int8, oid::int8_array, "bigint", "bigint[]"},
    {type_kind::float4, oid::float4, oid::float4_array, "real", "real[]"},
    {type_kind::float8, oid::float8, oid::float8_array, "double precision", "double precision[]"},
    {type_kind::text, oid::text, oid::text_array, "text", "text[]"},
    {type_kind::varchar, oid::varchar, oid::varchar_array, "character varying", "character varying[]"},
    {type_kind::bpchar, oid::bpchar, oid::bpchar_array, "character", "character[]"},
    {type_kind::name, oid::name, oid::name_array, "name", "name[]"},
    {type_kind::bytea, oid::bytea, oid::bytea_array, "bytea", "bytea[]"},
    {type_kind::uuid, oid::uuid, oid::uuid_array, "uuid", "uuid[]"},
    {type_kind::date, oid::date, oid::date_array, "date", "date[]"},
    {type_kind::timestamp, oid::timestamp, oid::timestamp_array, "timestamp", "timestamp[]"},
    {type_kind::timestamptz, oid::timestamptz, oid::timestamptz_array, "timestamptz", "timestamptz[]"},
    {type_kind::json, oid::json, oid::json_array, "json", "json[]"},
    {type_kind::jsonb, oid::jsonb, oid::jsonb_array, "jsonb", "jsonb[]"},
    {type_kind::numeric, oid::numeric, oid::numeric_array, "numeric", "numeric[]"},
    {type_kind::enumeration, oid::text, oid::text_array, "text", "text[]"},
};

constexpr bool in_the_order_of_type_kind() {
    for (std::size_t i = 0; i < std::size(entries); ++i)
        if (entries[i].kind != static_cast<type_kind>(i)) return false;
    return true;
}
static_assert(in_the_order_of_type_kind());

const entry& entry_of(type_kind kind) { return entries[static_cast<std::size_t>(kind)]; }

}  // namespace

std::uint32_t oid_of(type t) {
    const entry& found = entry_of(t.kind);
    return t.array ? found.array_oid : found.oid;
}

std::uint32_t parameter_oid_of(type t) {
    if (t.kind == type_kind::varchar) t.kind = type_kind::text;
    return oid_of(t);
}

std::string_view name_of(type t) {
    const entry& found = entry_of(t.kind);
    return t.array ? found.array_name : found.name;
}

std::string_view name_of_oid(std::uint32_t oid) {
    if (oid == 0) return {};
    if (oid == oid::oid) return "oid";
    const auto* found = std::find_if(std::begin(entries), std::end(entries), [oid](const entry& candidate) {
        return candidate.oid == oid || candidate.array_oid == oid;
    });
    if (found == std::end(entries)) return {};
    return found->oid == oid ? found->name : found->array_name;
}

}  // namespace orm::inline v0::sql
