#include <asynchrormous/sql/bit_string.hpp>
#include <asynchrormous/sql/value_error.hpp>

namespace orm::inline v0 {

std::optional<bit_string> bit_string::parse(std::string_view text) {
    if (text.find_first_not_of("01") != std::string_view::npos) return std::nullopt;
    std::vector<bool> bits;
    bits.reserve(text.size());
    for (const char c : text) bits.push_back(c == '1');
    return bit_string(std::move(bits));
}

bit_string::bit_string(std::string_view text) {
    std::optional<bit_string> value = parse(text);
    if (!value) throw value_error("a bit string is of zeros and ones");
    *this = *std::move(value);
}

std::string bit_string::to_string() const {
    std::string out;
    out.reserve(size());
    for (const bool bit : bits_) out += bit ? '1' : '0';
    return out;
}

}  // namespace orm::inline v0
