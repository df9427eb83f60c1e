// decimal as PostgreSQL's numeric; integers are read as well.
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/sql/decimal.hpp>

#include <string>

namespace orm::inline v0::postgres {

template <>
struct ORM_EXPORT codec<decimal> {
    static constexpr sql::type type{sql::type_kind::numeric};

    static void encode(const decimal& value, std::string& out);
    static decimal decode(field_view field);
    static decimal convert(field_view field, std::uint32_t oid);
};

}  // namespace orm::inline v0::postgres
