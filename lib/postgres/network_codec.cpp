#include <asynchrormous/postgres/network_codec.hpp>

namespace orm::inline v0::postgres::detail {

using orm::detail::ip_family;
using orm::detail::ip_network;

void append_ip(const ip_network& of, bool network, std::string& out) {
    out += of.family == ip_family::v4 ? '\2' : '\3';
    out += static_cast<char>(of.prefix);
    out += network ? '\1' : '\0';
    out += static_cast<char>(of.size());
    out.append(reinterpret_cast<const char*>(of.octets.data()), of.size());
}

ip_network read_ip(field_view field, sql::type type) {
    if (field.size < 4) throw_wrong_size(field, type);
    const std::string_view bytes = field.bytes();
    if (bytes[0] != 2 && bytes[0] != 3) throw_malformed(type, "its family is none");
    ip_network result;
    result.family = bytes[0] == 2 ? ip_family::v4 : ip_family::v6;
    result.prefix = static_cast<std::uint8_t>(bytes[1]);
    if (bytes.size() != 4 + result.size() || static_cast<std::uint8_t>(bytes[3]) != result.size())
        throw_wrong_size(field, type);
    if (result.prefix > result.bits()) throw_malformed(type, "its prefix is longer than the address");
    std::memcpy(result.octets.data(), bytes.data() + 4, result.size());
    return result;
}

}  // namespace orm::inline v0::postgres::detail
