// Binary fields made from their parts, for tests of codecs.
#pragma once

#include <asynchrormous/postgres/codec.hpp>

#include <initializer_list>
#include <string>
#include <string_view>

namespace test {

inline orm::postgres::field_view field_of(std::string_view bytes) {
    return {bytes.data(), static_cast<std::int32_t>(bytes.size())};
}

inline std::string octets(std::initializer_list<int> values) {
    std::string out;
    for (const int value : values) out += static_cast<char>(value);
    return out;
}

// 16-bit and 32-bit numbers one after the other, as arrays and numerics are made of.
inline std::string shorts(std::initializer_list<int> values) {
    std::string out;
    for (const int value : values) orm::postgres::wire::append(out, static_cast<std::int16_t>(value));
    return out;
}
inline std::string words(std::initializer_list<std::int64_t> values) {
    std::string out;
    for (const std::int64_t value : values)
        orm::postgres::wire::append(out, static_cast<std::uint32_t>(value));
    return out;
}

template <class T>
std::string encoded(const T& value) {
    std::string out;
    orm::postgres::codec<T>::encode(value, out);
    return out;
}

template <class T>
T decoded(std::string_view bytes) {
    return orm::postgres::codec<T>::decode(field_of(bytes));
}

// By way of the column's type, as rows are read.
template <class T>
T read_as(std::uint32_t oid, std::string_view bytes) {
    return orm::postgres::read<T>(field_of(bytes), oid);
}

template <class T>
T round_trip(const T& value) {
    return decoded<T>(encoded(value));
}

// What a piece of code throws, as text; empty when it does not.
template <class Error, class F>
std::string message_of(F code) {
    try {
        code();
    } catch (const Error& failure) {
        return failure.what();
    }
    return {};
}

}  // namespace test
