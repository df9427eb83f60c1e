// The data of the workloads: 1,000 authors, 100,000 books of seven columns with three of 200 tags each, made
// by the server itself.
#pragma once

#include <string>

namespace bench {

inline constexpr int authors = 1'000;
inline constexpr int books = 100'000;
inline constexpr int tags = 200;
inline constexpr int tags_of_book = 3;

// Replaces the tables author, book, tag and book_tags of the database at the URL and analyzes them.
void fill(const std::string& url);

// The key of the n-th query: every book's turn comes, neighbours are far apart.
constexpr long long key_of_query(long long n) { return n * 7'919 % books + 1; }

// What the n-th query of W4 asks for: an author's name, books of at least so many pages, below this price.
inline std::string author_of_query(long long n) {
    return "Author number " + std::to_string(n * 7 % authors + 1);
}
constexpr int pages_of_query(long long n) { return 100 + static_cast<int>(n % 40) * 10; }
inline constexpr double price_limit = 80;
inline constexpr int joined_rows = 20;  // at most

}  // namespace bench
