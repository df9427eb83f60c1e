// JSON has a model of its own, so that only its cases pay for the header.
#pragma once

#include "oracle.hpp"

#include <nlohmann/json.hpp>

namespace oracle {

struct Document {
    std::int64_t id = 0;
    std::optional<nlohmann::json> data{};
    std::optional<orm::foreign_key<Document>> parent{};

    static constexpr orm::manager<Document> objects{};
};

void create_documents();

}  // namespace oracle
