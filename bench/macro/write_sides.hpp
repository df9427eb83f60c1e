// The two programs of W5 and W6: the library, and what a careful programmer writes with libpq alone.
// Each function is one transaction, or one statement, and returns a checksum of the keys and counts it got.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace bench {

class write_side {
public:
    virtual ~write_side() = default;

    // W5: so many books inserted, their keys brought back; one by one, started together, in bulk.
    virtual std::uint64_t insert_one_by_one(int rows) = 0;
    virtual std::uint64_t insert_together(int rows) = 0;
    virtual std::uint64_t insert_bulk(int rows) = 0;

    // W6: pages and title of the books with the keys 1 … rows set.
    virtual std::uint64_t update_one_by_one(int rows) = 0;
    virtual std::uint64_t update_together(int rows) = 0;
    virtual std::uint64_t update_bulk(int rows) = 0;
};

std::unique_ptr<write_side> connect_libpq_writes(const std::string& url);
std::unique_ptr<write_side> connect_library_writes(const std::string& url);

}  // namespace bench
