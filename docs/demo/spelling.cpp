#include "spelling.hpp"

#include <algorithm>
#include <array>
#include <numeric>

namespace demo {

namespace {

// Levenshtein's: how many letters must be put in, left out or changed.
std::size_t distance(std::string_view a, std::string_view b) {
    std::array<std::size_t, 128> row{};
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t change = diagonal + (a[i] != b[j]);
            diagonal = row[j + 1];
            row[j + 1] = std::min({change, row[j] + 1, diagonal + 1});
        }
    }
    return row[b.size()];
}

bool one_apart(std::string_view a, std::string_view b) {
    const auto [shorter, longer] = std::minmax(a.size(), b.size());
    return longer - shorter <= 1 && longer < 128 && distance(a, b) == 1;
}

}  // namespace

std::vector<std::string> languages_like_countries(const world& iso) {
    std::vector<std::string> pairs;
    for (const Country& country : iso.countries)
        for (const Language& language : iso.languages)
            if (one_apart(country.name, language.name)) pairs.push_back(country.name + " ~ " + language.name);
    return pairs;
}

}  // namespace demo
