// The valid name that is nearest to a misspelt one. Runs at compile time, and only on the way to an error.
#pragma once

#include <cstddef>
#include <string_view>

namespace orm::inline v0::model_detail {

// Levenshtein distance of names up to 63 characters.
constexpr std::size_t distance(std::string_view a, std::string_view b) {
    std::size_t row[65]{};
    a = a.substr(0, 64);
    for (std::size_t i = 0; i <= a.size(); ++i) row[i] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
        std::size_t diagonal = row[0];
        row[0] = j;
        for (std::size_t i = 1; i <= a.size(); ++i) {
            const std::size_t replaced = diagonal + (a[i - 1] != b[j - 1]);
            const std::size_t shifted = (row[i] < row[i - 1] ? row[i] : row[i - 1]) + 1;
            diagonal = row[i];
            row[i] = replaced < shifted ? replaced : shifted;
        }
    }
    return row[a.size()];
}

class nearest_name {
public:
    constexpr explicit nearest_name(std::string_view wrong) : wrong_(wrong) {}

    constexpr void consider(std::string_view name) {
        const std::size_t far = distance(wrong_, name);
        if (!best_.empty() && far >= distance_) return;
        best_ = name;
        distance_ = far;
    }
    constexpr std::string_view best() const { return best_; }

private:
    std::string_view wrong_;
    std::string_view best_{};
    std::size_t distance_ = 0;
};

}  // namespace orm::inline v0::model_detail
