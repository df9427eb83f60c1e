// Combining of structure hashes: order matters, values never enter.
#pragma once

#include <cstdint>
#include <string_view>

namespace orm::inline v0::sql {

// One round of splitmix64, so that small enumerators and pointers spread over all bits.
constexpr std::uint64_t mix(std::uint64_t seed, std::uint64_t part) noexcept {
    std::uint64_t x = seed * 0x9e3779b97f4a7c15ULL + part + 0x632be59bd9b4e019ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

// Metadata is static: its address is its identity.
inline std::uint64_t mix(std::uint64_t seed, const void* identity) noexcept {
    return mix(seed, reinterpret_cast<std::uintptr_t>(identity));
}

// Static texts: their characters are their identity, since one may be spelled in several places.
constexpr std::uint64_t shape_of_text(std::string_view text) noexcept {
    std::uint64_t shape = text.size();
    for (const char c : text) shape = shape * 0x100000001b3ULL ^ static_cast<unsigned char>(c);
    return mix(0, shape);
}

template <class... Parts>
constexpr std::uint64_t shape_of(Parts... parts) noexcept {
    std::uint64_t shape = 0;
    ((shape = mix(shape, static_cast<std::uint64_t>(parts))), ...);
    return shape;
}

}  // namespace orm::inline v0::sql
