// The two programs that are compared: the library, and what a careful programmer writes with libpq alone.
// Each function does a workload on a connection that stands, and returns a checksum over all columns read.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace bench {

enum class sync { shared, each };

class side {
public:
    virtual ~side() = default;

    // W1: a book by its key, one after the other.
    virtual std::uint64_t one_by_one(int queries) = 0;
    // W2: the same with so many in flight.
    virtual std::uint64_t in_flight(int queries, int width) = 0;
    // W3: all books as structs that own their strings.
    virtual std::uint64_t all_books() = 0;
    // W3 as a stream, 2,000 rows at a time from a cursor: in plain code, and awaited row by row where the
    // side has coroutines.
    virtual std::uint64_t streamed_books() = 0;
    virtual std::uint64_t awaited_books() { return streamed_books(); }
    // W4: an author's newest 20 books of so many pages and below a price, joined with the author.
    virtual std::uint64_t joined(int queries) = 0;
};

class loading_side {
public:
    virtual ~loading_side() = default;

    // W7: all authors with their books, and these with their tags.
    virtual std::uint64_t whole_library() = 0;
};

std::unique_ptr<loading_side> connect_libpq_loading(const std::string& url);
std::unique_ptr<loading_side> connect_library_loading(const std::string& url);

std::unique_ptr<side> connect_libpq(const std::string& url, sync how);
std::unique_ptr<side> connect_library(const std::string& url, int connections = 1);

}  // namespace bench
