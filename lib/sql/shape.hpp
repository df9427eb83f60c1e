// Combining of structure hashes: order matters, values never enter.
#pragma once

#include <cstdint>
#include <string_view>

namespace orm::inline v0::sql {

// Few instructions, since every node of every query is mixed in: a multiplication spreads the bits upwards,
// the shift brings them back down.
constexpr std::uint64_t mix(std::uint64_t seed, std::uint64_t part) noexcept {
    const std::uint64_t x =
        ((seed << 23 | seed >> 41) ^ part) * 0x9e3779b97f4a7c15ULL + 0x632be59bd9b4e019ULL;
    return x ^ x >> 32;
}

// Metadata is static: its address is its identity.
inline std::uint64_t mix(std::uint64_t seed, const void* identity) noexcept {
    return mix(seed, reinterpret_cast<std::uintptr_t>(identity));
}

// Static texts: where they are is their identity. One that is spelled in two places may have two shapes.
inline std::uint64_t shape_of_text(std::string_view text) noexcept { return mix(text.size(), text.data()); }

template <class... Parts>
constexpr std::uint64_t shape_of(Parts... parts) noexcept {
    std::uint64_t shape = 0;
    ((shape = mix(shape, static_cast<std::uint64_t>(parts))), ...);
    return shape;
}

}  // namespace orm::inline v0::sql
