// expect: this lookup takes a list of texts
// expect: "data__has_keys"
#include "library.hpp"

#include <nlohmann/json.hpp>

struct Note {
    std::int64_t id = 0;
    nlohmann::json data{};
};

template void lookup<Note, "data__has_keys", std::string>();
