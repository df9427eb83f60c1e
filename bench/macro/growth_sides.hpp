// How the cost grows with rows and columns: the library and hand-written libpq. The tables are made by
// bench/harness/growth.py: growing_rows(id, title, pages), growing_columns(id, c1 … c60) with 1,000 rows.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

namespace bench {

class growth_side {
public:
    virtual ~growth_side() = default;

    // So many rows of three columns as structs, in one result.
    virtual std::uint64_t rows(int count) = 0;
    // 1,000 rows of so many integers, of 1, 5, 10, 20, 40 or 60, beside their key.
    virtual std::uint64_t columns(int count) = 0;
};

std::unique_ptr<growth_side> connect_libpq_growth(const std::string& url);
std::unique_ptr<growth_side> connect_library_growth(const std::string& url);

}  // namespace bench
