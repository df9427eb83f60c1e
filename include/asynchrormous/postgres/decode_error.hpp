// A field of a result that is not what its type promises, or does not fit the C++ type it is read into.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/sql/type.hpp>

#include <cstdint>
#include <string_view>

namespace orm::inline v0 {

class ORM_EXPORT decode_error : public error {
public:
    using error::error;
    ~decode_error() override;

    // The same error with the name of the column in front, which decoders do not know.
    decode_error in_column(std::string_view name) const;
};

namespace postgres::detail {

// A NULL, or a size that no value of the type has.
[[noreturn]] ORM_EXPORT void throw_wrong_size(field_view field, sql::type type);

// A column of the PostgreSQL type `oid` for a C++ type that travels as `wanted`.
[[noreturn]] ORM_EXPORT void throw_unreadable(std::uint32_t oid, sql::type wanted);

[[noreturn]] ORM_EXPORT void throw_malformed(sql::type type, std::string_view what);

}  // namespace postgres::detail
}  // namespace orm::inline v0
