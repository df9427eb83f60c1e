#include <asynchrormous/sql/network.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <arpa/inet.h>

#include <charconv>

namespace orm::inline v0::detail {

namespace {

int digit(char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

}  // namespace

bool ip_network::has_host_bits() const {
    for (int bit = prefix; bit < bits(); ++bit)
        if ((octets[static_cast<std::size_t>(bit / 8)] >> (7 - bit % 8) & 1) != 0) return true;
    return false;
}

std::optional<ip_network> parse_ip(std::string_view text) {
    const std::size_t slash = text.find('/');
    const std::string address(text.substr(0, slash));
    if (address.find('\0') != std::string::npos) return std::nullopt;
    ip_network result;
    result.family = address.find(':') == std::string::npos ? ip_family::v4 : ip_family::v6;
    const int family = result.family == ip_family::v4 ? AF_INET : AF_INET6;
    if (inet_pton(family, address.c_str(), result.octets.data()) != 1) return std::nullopt;
    int prefix = result.bits();
    if (slash != std::string_view::npos) {
        const std::string_view rest = text.substr(slash + 1);
        const auto [end, failure] = std::from_chars(rest.data(), rest.data() + rest.size(), prefix);
        if (failure != std::errc() || end != rest.data() + rest.size()) return std::nullopt;
    }
    if (prefix < 0 || prefix > result.bits()) return std::nullopt;
    result.prefix = static_cast<std::uint8_t>(prefix);
    return result;
}

std::string ip_text(const ip_network& of, bool always_prefix) {
    char text[INET6_ADDRSTRLEN];
    inet_ntop(of.family == ip_family::v4 ? AF_INET : AF_INET6, of.octets.data(), text, sizeof text);
    std::string out = text;
    if (always_prefix || of.prefix != of.bits()) out += "/" + std::to_string(of.prefix);
    return out;
}

bool parse_octets(std::string_view text, std::uint8_t* out, std::size_t size) {
    if (text.size() != size * 3 - 1) return false;
    const char between = text[2];
    if (between != ':' && between != '-') return false;
    for (std::size_t i = 0; i < size; ++i) {
        const int high = digit(text[i * 3]), low = digit(text[i * 3 + 1]);
        if (high < 0 || low < 0 || (i + 1 < size && text[i * 3 + 2] != between)) return false;
        out[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    return true;
}

std::string octets_text(const std::uint8_t* octets, std::size_t size) {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    for (std::size_t i = 0; i < size; ++i) {
        if (i > 0) out += ':';
        out += digits[octets[i] >> 4];
        out += digits[octets[i] & 15];
    }
    return out;
}

void throw_no_address(std::string_view text, const char* what) {
    throw value_error("this text is no " + std::string(what) + ": \"" + std::string(text.substr(0, 64)) +
                      "\"");
}

}  // namespace orm::inline v0::detail
