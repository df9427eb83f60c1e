// Slices of a QuerySet: books[orm::slice(0, 10)] are the first ten rows. Starting an `.async()` QuerySet, as
// in the library this one follows: a slice of it is on the wire when it returns.
#pragma once

#include <cstdint>
#include <optional>

namespace orm::inline v0 {

struct slice {
    // Rows from `start` (counted from 0) up to, not including, `stop`; without `stop` to the end.
    // Throws: query_error, where it is used, for a negative bound.
    constexpr explicit slice(std::int64_t first, std::optional<std::int64_t> last = std::nullopt)
        : start(first), stop(last) {}

    std::int64_t start;
    std::optional<std::int64_t> stop;
};

}  // namespace orm::inline v0
