// Addresses.
//
//     uint8 family, 2 or 3 | uint8 prefix | uint8 is a cidr | uint8 size, 4 or 16 | bytes
//
// (network.c, network_send; MAC addresses are their bytes.)
#pragma once

#include <asynchrormous/postgres/base_codec.hpp>
#include <asynchrormous/sql/network.hpp>

#include <array>
#include <cstdint>
#include <cstring>
#include <optional>
#include <string>

namespace orm::inline v0::postgres {

namespace detail {

ORM_EXPORT void append_ip(const orm::detail::ip_network& of, bool network, std::string& out);
ORM_EXPORT orm::detail::ip_network read_ip(field_view field, sql::type type);

}  // namespace detail

template <bool Network>
struct codec<orm::detail::ip_address<Network>> {
    static constexpr sql::type type{Network ? sql::type_kind::cidr : sql::type_kind::inet};

    static void encode(const orm::detail::ip_address<Network>& value, std::string& out) {
        detail::append_ip(value.parts(), Network, out);
    }
    static orm::detail::ip_address<Network> decode(field_view field) {
        const auto value = orm::detail::ip_address<Network>::from_parts(detail::read_ip(field, type));
        if (!value) detail::throw_malformed(type, "bits behind its prefix are set");
        return *value;
    }
};

template <std::size_t Size>
struct codec<orm::detail::mac_address<Size>> {
    static constexpr sql::type type{Size == 6 ? sql::type_kind::macaddr : sql::type_kind::macaddr8};

    static void encode(const orm::detail::mac_address<Size>& value, std::string& out) {
        out.append(reinterpret_cast<const char*>(value.octets().data()), Size);
    }
    static orm::detail::mac_address<Size> decode(field_view field) {
        if (field.size != static_cast<std::int32_t>(Size)) detail::throw_wrong_size(field, type);
        std::array<std::uint8_t, Size> octets;
        std::memcpy(octets.data(), field.data, Size);
        return orm::detail::mac_address<Size>(octets);
    }
};

}  // namespace orm::inline v0::postgres
