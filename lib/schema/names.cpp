#include "names.hpp"

#include <cstddef>
#include <cstdint>

namespace orm::inline v0::schema {

namespace {

constexpr std::size_t longest_identifier = 63;

// FNV-1a, 32 bits, in hexadecimal.
std::string hash_of(std::string_view text) {
    std::uint32_t hash = 2166136261U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619U;
    std::string out;
    for (int shift = 28; shift >= 0; shift -= 4) out += "0123456789abcdef"[(hash >> shift) & 0xFU];
    return out;
}

// A cut inside a UTF-8 sequence would be no valid text.
std::string_view cut(std::string_view text, std::size_t size) {
    while (size > 0 && (static_cast<unsigned char>(text[size]) & 0xC0U) == 0x80U) --size;
    return text.substr(0, size);
}

}  // namespace

std::string object_name(std::string_view table, std::span<const std::string_view> columns,
                        std::string_view suffix) {
    std::string name(table);
    for (const std::string_view column : columns) name.append("_").append(column);
    const std::string tail = "_" + std::string(suffix);
    if (name.size() + tail.size() <= longest_identifier) return name + tail;
    const std::string end = "_" + hash_of(name) + tail;
    return std::string(cut(name, longest_identifier - end.size())) + end;
}

}  // namespace orm::inline v0::schema
