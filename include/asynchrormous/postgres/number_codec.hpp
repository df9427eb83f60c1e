// bool, integers and floating-point numbers.
// PostgreSQL has no unsigned integers and none of one byte: such C++ types have no codec, on purpose; use the
// next larger signed one. NaN, the infinities and -0 travel as they are. An integer read into a smaller type
// is range-checked.
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/postgres/wire.hpp>

#include <concepts>
#include <cstdint>
#include <limits>
#include <string>

namespace orm::inline v0::postgres {

namespace detail {

// From int2, int4, int8, oid, or a numeric without a fraction. Throws: decode_error out of [low, high].
ORM_EXPORT std::int64_t read_integer(field_view field, std::uint32_t oid, std::int64_t low,
                                     std::int64_t high);

// From float4, float8, int2, int4, or the nearest to a numeric.
ORM_EXPORT double read_double(field_view field, std::uint32_t oid);

[[noreturn]] ORM_EXPORT void throw_wrong_bool(field_view field);

template <class T>
T decode_number(field_view field, sql::type type) {
    if (field.size != static_cast<std::int32_t>(sizeof(T))) [[unlikely]]
        throw_wrong_size(field, type);
    return wire::load<T>(field.data);
}

constexpr sql::type integer_type(std::size_t size) {
    return {size == 2 ? sql::type_kind::int2 : size == 4 ? sql::type_kind::int4 : sql::type_kind::int8};
}

}  // namespace detail

// `long` and `long long` are two types of the same size: both are PostgreSQL's bigint.
template <class T>
concept stored_integer =
    std::same_as<T, short> || std::same_as<T, int> || std::same_as<T, long> || std::same_as<T, long long>;

template <stored_integer T>
struct codec<T> {
    static constexpr sql::type type = detail::integer_type(sizeof(T));

    static void encode(T value, std::string& out) { wire::append(out, value); }
    static T decode(field_view field) { return detail::decode_number<T>(field, type); }
    static T convert(field_view field, std::uint32_t oid) {
        using limits = std::numeric_limits<T>;
        return static_cast<T>(detail::read_integer(field, oid, limits::min(), limits::max()));
    }
};

template <>
struct codec<bool> {
    static constexpr sql::type type{sql::type_kind::boolean};

    static void encode(bool value, std::string& out) { out += value ? '\1' : '\0'; }
    static bool decode(field_view field) {
        if (field.size != 1 || static_cast<unsigned char>(*field.data) > 1) [[unlikely]]
            detail::throw_wrong_bool(field);
        return *field.data != 0;
    }
};

template <>
struct codec<float> {
    static constexpr sql::type type{sql::type_kind::float4};

    static void encode(float value, std::string& out) { wire::append(out, value); }
    static float decode(field_view field) { return detail::decode_number<float>(field, type); }
};

template <>
struct codec<double> {
    static constexpr sql::type type{sql::type_kind::float8};

    static void encode(double value, std::string& out) { wire::append(out, value); }
    static double decode(field_view field) { return detail::decode_number<double>(field, type); }
    static double convert(field_view field, std::uint32_t oid) { return detail::read_double(field, oid); }
};

}  // namespace orm::inline v0::postgres
