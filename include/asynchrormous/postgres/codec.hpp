// All codecs: how each C++ type that a column can hold travels in PostgreSQL's binary format, both ways.
// NULL is std::optional and nothing else.
#pragma once

#include <asynchrormous/postgres/array_codec.hpp>
#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/postgres/enum_codec.hpp>
#include <asynchrormous/postgres/json_codec.hpp>
#include <asynchrormous/postgres/number_codec.hpp>
#include <asynchrormous/postgres/text_codec.hpp>
#include <asynchrormous/postgres/to_text.hpp>
#include <asynchrormous/postgres/value_codec.hpp>
#include <asynchrormous/sql/parameter.hpp>

#include <optional>

namespace orm::inline v0::postgres {

// A column's C++ type inside an optional travels as itself, or as NULL.
template <class T>
struct codec<std::optional<T>> {
    static constexpr sql::type type = codec<T>::type;
    static constexpr bool nullable = true;

    // Requires: a value.
    static void encode(const std::optional<T>& value, std::string& out) { codec<T>::encode(*value, out); }
    static std::optional<T> decode(field_view field) {
        if (field.null()) return std::nullopt;
        return codec<T>::decode(field);
    }
    static std::optional<T> convert(field_view field, std::uint32_t oid) {
        if (field.null()) return std::nullopt;
        return read<T>(field, oid);
    }
};

// A value as a bound parameter; an empty optional is NULL. Throws: value_error.
template <class T>
sql::parameter to_parameter(const T& value) {
    sql::parameter result{codec<T>::type, std::string()};
    codec<T>::encode(value, *result.bytes);
    return result;
}
template <class T>
sql::parameter to_parameter(const std::optional<T>& value) {
    return value ? to_parameter(*value) : sql::parameter{codec<T>::type, std::nullopt};
}

}  // namespace orm::inline v0::postgres
