#include <asynchrormous/sql/uuid.hpp>

#include <unistd.h>

namespace orm::inline v0 {

// RFC 9562, 5.4: version 4 in the seventh octet, variant 10 in the ninth, the rest random.
uuid uuid::random() {
    std::array<std::uint8_t, 16> octets;
    if (::getentropy(octets.data(), octets.size()) != 0) throw_value_error("the kernel gave no random bytes");
    octets[6] = static_cast<std::uint8_t>((octets[6] & 0x0f) | 0x40);
    octets[8] = static_cast<std::uint8_t>((octets[8] & 0x3f) | 0x80);
    return uuid(octets);
}

std::string uuid::to_string() const {
    constexpr char digits[] = "0123456789abcdef";
    std::string out;
    out.reserve(36);
    for (std::size_t i = 0; i < octets_.size(); ++i) {
        if (i == 4 || i == 6 || i == 8 || i == 10) out += '-';
        out += digits[octets_[i] >> 4];
        out += digits[octets_[i] & 0x0f];
    }
    return out;
}

}  // namespace orm::inline v0
