// PostgreSQL's money: a number of the smallest units of the server's currency, cents most often. How many of
// them make one unit, and how it prints, is a setting of the server (lc_monetary): prefer orm::decimal.
#pragma once

#include <compare>
#include <cstdint>

namespace orm::inline v0 {

struct money {
    std::int64_t smallest_units = 0;

    friend constexpr auto operator<=>(const money&, const money&) = default;
};

}  // namespace orm::inline v0
