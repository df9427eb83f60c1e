// What Debian's iso-codes package holds, in memory: what is loaded, and what answers are checked against.
#pragma once

#include "models.hpp"

#include <filesystem>
#include <vector>

namespace demo {

struct world {
    std::vector<Country> countries{};
    std::vector<Subdivision> subdivisions{};
    std::vector<Language> languages{};
    std::vector<Currency> currencies{};
    std::vector<Script> scripts{};

    std::size_t size() const {
        return countries.size() + subdivisions.size() + languages.size() + currencies.size() + scripts.size();
    }
};

// Throws: std::runtime_error naming the file that is missing.
world read_world(const std::filesystem::path& folder);

// Inserts every row with create(), in one transaction, hundreds in flight.
orm::task<> insert(const world& iso);

}  // namespace demo
