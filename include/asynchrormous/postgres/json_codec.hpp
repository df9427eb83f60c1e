// nlohmann::json as jsonb; json columns are read as well.
// Only declared here: whoever reads or writes a json includes nlohmann/json.hpp itself.
// Numbers are what nlohmann::json holds: 64-bit integers and doubles. PostgreSQL's JSON has neither NaN nor
// infinities, and its jsonb no \u0000: a value with one of them is refused before it is sent.
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>

#include <nlohmann/json_fwd.hpp>

namespace orm::inline v0::postgres {

template <>
struct ORM_EXPORT codec<nlohmann::json> {
    static constexpr sql::type type{sql::type_kind::jsonb};

    static void encode(const nlohmann::json& value, std::string& out);
    static nlohmann::json decode(field_view field);
    static nlohmann::json convert(field_view field, std::uint32_t oid);
};

}  // namespace orm::inline v0::postgres
