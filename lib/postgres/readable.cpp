#include <asynchrormous/postgres/base_codec.hpp>

namespace orm::inline v0::postgres {

namespace {

bool is_integer(std::uint32_t oid) {
    using namespace sql;
    return oid == oid::int2 || oid == oid::int4 || oid == oid::int8;
}

bool is_text(std::uint32_t oid) {
    using namespace sql;
    return oid == oid::text || oid == oid::varchar || oid == oid::bpchar || oid == oid::name;
}

// 0: no array.
std::uint32_t element_of(std::uint32_t array) {
    for (const sql::oid::pair& known : sql::oid::of_kind)
        if (known.array == array && array != 0) return known.scalar;
    return 0;
}

bool readable_scalar(sql::type_kind wanted, std::uint32_t oid) {
    using enum sql::type_kind;
    switch (wanted) {
        case int2:
        case int4:
        case int8:
            return is_integer(oid) || oid == sql::oid::numeric || oid == sql::oid::oid;
        case float8:
            return oid == sql::oid::float4 || oid == sql::oid::numeric || oid == sql::oid::int2 ||
                   oid == sql::oid::int4;
        case text:
        case varchar:
        case bpchar:
        case name:
            return is_text(oid) || oid == sql::oid::json || oid == sql::oid::numeric;
        case enumeration:
        case named_text:
            return is_text(oid);
        case numeric:
            return is_integer(oid);
        case varbit:
            return oid == sql::oid::bit;
        case json:
        case jsonb:
            return oid == sql::oid::json || oid == sql::oid::jsonb;
        default:
            return false;
    }
}

}  // namespace

bool readable(sql::type wanted, std::uint32_t oid) {
    constexpr std::uint32_t first_of_databases = 16384;  // FirstNormalObjectId in transam.h
    if (wanted.kind == sql::type_kind::unknown || (oid != 0 && oid == sql::oid::of(wanted))) return true;
    if (sql::is_named(wanted) && oid >= first_of_databases) return true;
    if (!wanted.array) return readable_scalar(wanted.kind, oid);
    const std::uint32_t element = element_of(oid);
    return element != 0 && readable({wanted.kind, false, wanted.identity}, element);
}

}  // namespace orm::inline v0::postgres
