// PostgreSQL's bit varying: a string of bits of any length.
#pragma once

#include <asynchrormous/export.hpp>

#include <compare>
#include <cstddef>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace orm::inline v0 {

class bit_string {
public:
    bit_string() = default;
    explicit bit_string(std::vector<bool> bits) : bits_(std::move(bits)) {}
    // "1011". Throws: value_error for other characters.
    ORM_EXPORT explicit bit_string(std::string_view text);

    // nullopt for anything but zeros and ones.
    ORM_EXPORT static std::optional<bit_string> parse(std::string_view text);
    ORM_EXPORT std::string to_string() const;

    std::size_t size() const { return bits_.size(); }
    bool operator[](std::size_t i) const { return bits_[i]; }  // the leftmost is 0
    const std::vector<bool>& bits() const { return bits_; }

    friend bool operator==(const bit_string&, const bit_string&) = default;
    friend auto operator<=>(const bit_string& a, const bit_string& b) { return a.bits_ <=> b.bits_; }

private:
    std::vector<bool> bits_{};
};

inline std::string to_string(const bit_string& value) { return value.to_string(); }

}  // namespace orm::inline v0
