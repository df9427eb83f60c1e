// What a codec is, and how a field is read through one.
// codec<T> says how a C++ type travels in PostgreSQL's binary format:
//     static constexpr sql::type type;                      the PostgreSQL type it is written as
//     static void encode(const T&, std::string& out);       appends; throws value_error
//     static T decode(field_view);                          of exactly that type; throws decode_error
//     static T convert(field_view, std::uint32_t oid);      optional: of other types that `readable` allows
// A program specialises it for types of its own; those are read from columns of exactly their type.
#pragma once

#include <asynchrormous/postgres/decode_error.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/sql/oid.hpp>
#include <asynchrormous/sql/type.hpp>

#include <cstdint>
#include <string>

namespace orm::inline v0::postgres {

template <class T>
struct codec;

// Whether a column of the PostgreSQL type `oid` can be read as `wanted`, perhaps range-checked: smaller and
// larger integers, any built-in text type, sums and averages (numeric) as a number.
ORM_EXPORT bool readable(sql::type wanted, std::uint32_t oid);

// The same for a C++ type. Asked once for each column of a result, before anything is decoded.
template <class T>
bool accepts(std::uint32_t oid) {
    return oid == sql::oid::of(codec<T>::type) || readable(codec<T>::type, oid);
}

// Reads a field of a column of type `oid`. Throws: decode_error, also for a type that is not accepted.
template <class T>
T read(field_view field, std::uint32_t oid) {
    constexpr std::uint32_t exact = sql::oid::of(codec<T>::type);
    if (oid == exact || exact == 0) [[likely]]
        return codec<T>::decode(field);
    if constexpr (requires { codec<T>::convert(field, oid); })
        return codec<T>::convert(field, oid);
    else
        detail::throw_unreadable(oid, codec<T>::type);
}

}  // namespace orm::inline v0::postgres
