// Addresses: inet, a host of IPv4 or IPv6 with the length of its network's prefix; cidr, a network, whose
// bits behind the prefix are zero; macaddr and macaddr8, of six and eight bytes.
#pragma once

#include <asynchrormous/export.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace orm::inline v0 {

namespace detail {

enum class ip_family : std::uint8_t { v4, v6 };

// What both inet and cidr are.
struct ip_network {
    ip_family family = ip_family::v4;
    std::array<std::uint8_t, 16> octets{};  // of IPv4 the first four
    std::uint8_t prefix = 32;               // bits

    constexpr std::size_t size() const { return family == ip_family::v4 ? 4 : 16; }
    constexpr int bits() const { return family == ip_family::v4 ? 32 : 128; }

    // Whether a bit behind the prefix is set.
    ORM_EXPORT bool has_host_bits() const;

    friend constexpr bool operator==(const ip_network&, const ip_network&) = default;
};

// "192.168.0.1/24", "::1"; without a prefix the whole address.
ORM_EXPORT std::optional<ip_network> parse_ip(std::string_view text);
ORM_EXPORT std::string ip_text(const ip_network& of, bool always_prefix);
ORM_EXPORT bool parse_octets(std::string_view text, std::uint8_t* out, std::size_t size);
ORM_EXPORT std::string octets_text(const std::uint8_t* octets, std::size_t size);
[[noreturn]] ORM_EXPORT void throw_no_address(std::string_view text, const char* what);

template <std::size_t Size>
class mac_address {
public:
    constexpr mac_address() = default;  // all zeros
    constexpr explicit mac_address(const std::array<std::uint8_t, Size>& octets) : octets_(octets) {}
    // Throws: value_error.
    explicit mac_address(std::string_view text) {
        if (!parse_octets(text, octets_.data(), Size)) throw_no_address(text, "MAC address");
    }

    // "08:00:2b:01:02:03" or with hyphens; nullopt for anything else.
    static std::optional<mac_address> parse(std::string_view text) {
        mac_address result;
        if (!parse_octets(text, result.octets_.data(), Size)) return std::nullopt;
        return result;
    }
    std::string to_string() const { return octets_text(octets_.data(), Size); }
    constexpr const std::array<std::uint8_t, Size>& octets() const { return octets_; }

    friend constexpr auto operator<=>(const mac_address&, const mac_address&) = default;

private:
    std::array<std::uint8_t, Size> octets_{};
};

template <bool Network>
class ip_address {
public:
    constexpr ip_address() = default;  // 0.0.0.0/32
    // Throws: value_error, for a network also when bits behind its prefix are set.
    explicit ip_address(std::string_view text) {
        const std::optional<ip_address> value = parse(text);
        if (!value) throw_no_address(text, Network ? "network" : "address");
        *this = *value;
    }

    static std::optional<ip_address> parse(std::string_view text) {
        const std::optional<ip_network> value = parse_ip(text);
        if (!value) return std::nullopt;
        return from_parts(*value);
    }
    // nullopt for a network with bits behind its prefix.
    static std::optional<ip_address> from_parts(const ip_network& parts) {
        if (Network && parts.has_host_bits()) return std::nullopt;
        ip_address result;
        result.parts_ = parts;
        return result;
    }

    // As PostgreSQL prints it: a host without the prefix when that is the whole address.
    std::string to_string() const { return ip_text(parts_, Network); }

    constexpr bool is_v6() const { return parts_.family == ip_family::v6; }
    constexpr int prefix() const { return parts_.prefix; }
    constexpr const ip_network& parts() const { return parts_; }

    friend constexpr bool operator==(const ip_address&, const ip_address&) = default;

private:
    ip_network parts_{};
};

}  // namespace detail

using inet = detail::ip_address<false>;
using cidr = detail::ip_address<true>;
using macaddr = detail::mac_address<6>;
using macaddr8 = detail::mac_address<8>;

}  // namespace orm::inline v0
