// hstore.
//
//     int32 pairs | each: int32 size, key | int32 size, or -1 for NULL, value
//
// (hstore_send in contrib/hstore/hstore_io.c)
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/sql/hstore.hpp>

#include <string>

namespace orm::inline v0::postgres {

template <>
struct ORM_EXPORT codec<hstore> {
    static constexpr sql::type type{sql::type_kind::hstore};

    static void encode(const hstore& value, std::string& out);
    static hstore decode(field_view field);
};

}  // namespace orm::inline v0::postgres
