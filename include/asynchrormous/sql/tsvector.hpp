// PostgreSQL's tsvector: the words of a document, each once, with where it stands and how much that weighs.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace orm::inline v0 {

struct lexeme_position {
    std::uint16_t at = 1;  // 1 to 16383
    char weight = 'D';     // 'A' to 'D'

    friend bool operator==(const lexeme_position&, const lexeme_position&) = default;
};

struct lexeme {
    std::string word{};
    std::vector<lexeme_position> positions{};  // ascending

    friend bool operator==(const lexeme&, const lexeme&) = default;
};

// The server gives the words in its own order: by length, then by bytes.
struct tsvector {
    std::vector<lexeme> words{};

    friend bool operator==(const tsvector&, const tsvector&) = default;
};

}  // namespace orm::inline v0
