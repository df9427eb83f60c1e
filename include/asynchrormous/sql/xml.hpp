// PostgreSQL's xml: a document or a fragment as text, which the server checks. It has no comparisons.
#pragma once

#include <string>

namespace orm::inline v0 {

struct xml {
    std::string text{};

    friend bool operator==(const xml&, const xml&) = default;
};

}  // namespace orm::inline v0
