// A cheap checksum over all columns of a book, the same for both sides and in any order of the books.
#pragma once

#include <bit>
#include <cstdint>
#include <string_view>

namespace bench {

inline std::uint64_t digest(std::string_view text) {
    if (text.empty()) return 1;
    return text.size() * 131 + static_cast<unsigned char>(text.front()) * 17u +
           static_cast<unsigned char>(text.back());
}

inline std::uint64_t digest(std::int64_t id, std::string_view title, int pages, double price,
                            std::int32_t published, std::int64_t author, std::string_view isbn) {
    std::uint64_t sum = static_cast<std::uint64_t>(id) * 3 + digest(title) * 5;
    sum += static_cast<std::uint64_t>(pages) * 7 + std::bit_cast<std::uint64_t>(price) * 11;
    sum += static_cast<std::uint64_t>(published) * 13 + static_cast<std::uint64_t>(author) * 17;
    return sum + digest(isbn) * 19;
}

}  // namespace bench
