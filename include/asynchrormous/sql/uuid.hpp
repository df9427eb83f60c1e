// A UUID of any version: 16 bytes in the order they are written in.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/sql/value_error.hpp>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace orm::inline v0 {

class uuid {
public:
    constexpr uuid() = default;  // all zeros
    constexpr explicit uuid(const std::array<std::uint8_t, 16>& octets) : octets_(octets) {}

    // Throws: value_error; in a constant expression a compile error.
    constexpr explicit uuid(std::string_view text) : uuid(parsed(text)) {}

    // 32 hexadecimal digits of either case, with a hyphen wherever PostgreSQL takes one (after each four
    // digits), and braces around it or not.
    static constexpr std::optional<uuid> parse(std::string_view text);

    // A random one (version 4), from the kernel's generator.
    ORM_EXPORT static uuid random();

    // Lower case with hyphens, as PostgreSQL prints it.
    ORM_EXPORT std::string to_string() const;

    constexpr const std::array<std::uint8_t, 16>& octets() const { return octets_; }

    friend constexpr bool operator==(const uuid&, const uuid&) = default;
    friend constexpr auto operator<=>(const uuid&, const uuid&) = default;

private:
    static constexpr uuid parsed(std::string_view text) {
        const std::optional<uuid> value = parse(text);
        if (!value) throw_value_error("this text is no UUID");
        return *value;
    }
    static constexpr int digit(char c) {
        if (c >= '0' && c <= '9') return c - '0';
        if (c >= 'a' && c <= 'f') return c - 'a' + 10;
        return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
    }

    std::array<std::uint8_t, 16> octets_{};
};

constexpr std::optional<uuid> uuid::parse(std::string_view text) {
    if (text.size() >= 2 && text.front() == '{' && text.back() == '}') text = text.substr(1, text.size() - 2);
    uuid result;
    std::size_t digits = 0;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const bool after_four = digits > 0 && digits < 32 && digits % 4 == 0 && text[i - 1] != '-';
        if (text[i] == '-' && after_four) continue;
        const int value = digit(text[i]);
        if (value < 0 || digits == 32) return std::nullopt;
        std::uint8_t& octet = result.octets_[digits++ / 2];
        octet = static_cast<std::uint8_t>(octet * 16 + value);
    }
    if (digits != 32) return std::nullopt;
    return result;
}

inline std::string to_string(const uuid& value) { return value.to_string(); }

template <class Traits>
std::basic_ostream<char, Traits>& operator<<(std::basic_ostream<char, Traits>& out, const uuid& value) {
    return out << value.to_string();
}

}  // namespace orm::inline v0

template <>
struct std::hash<orm::uuid> {
    std::size_t operator()(const orm::uuid& value) const noexcept {
        const auto& octets = value.octets();
        return std::hash<std::string_view>()({reinterpret_cast<const char*>(octets.data()), octets.size()});
    }
};
