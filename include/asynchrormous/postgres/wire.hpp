// Numbers as PostgreSQL's binary format has them: big-endian, of two, four or eight bytes.
#pragma once

#include <bit>
#include <cstdint>
#include <cstring>
#include <string>
#include <type_traits>

namespace orm::inline v0::postgres::wire {

template <std::size_t Size>
using bits_of =
    std::conditional_t<Size == 2, std::uint16_t, std::conditional_t<Size == 4, std::uint32_t, std::uint64_t>>;

template <class U>
constexpr U big_endian(U value) {
    static_assert(std::endian::native == std::endian::little || std::endian::native == std::endian::big);
    if constexpr (std::endian::native == std::endian::big)
        return value;
    else if constexpr (sizeof(U) == 2)
        return __builtin_bswap16(value);
    else if constexpr (sizeof(U) == 4)
        return __builtin_bswap32(value);
    else
        return __builtin_bswap64(value);
}

// Requires: sizeof(T) readable bytes.
template <class T>
T load(const char* from) {
    bits_of<sizeof(T)> bits;
    static_assert(sizeof(bits) == sizeof(T));
    std::memcpy(&bits, from, sizeof bits);
    return std::bit_cast<T>(big_endian(bits));
}

template <class T>
void store(char* to, T value) {
    static_assert(sizeof(bits_of<sizeof(T)>) == sizeof(T));
    const auto bits = big_endian(std::bit_cast<bits_of<sizeof(T)>>(value));
    std::memcpy(to, &bits, sizeof bits);
}

template <class T>
void append(std::string& out, T value) {
    char bytes[sizeof(T)];
    store(bytes, value);
    out.append(bytes, sizeof bytes);
}

}  // namespace orm::inline v0::postgres::wire
