// The contestants of a workload, run in turns so that whatever disturbs the machine disturbs all of them,
// and their medians as a Markdown table.
#pragma once

#include "measure.hpp"

#include <functional>
#include <string>
#include <vector>

namespace bench {

struct contestant {
    std::string name;
    std::function<std::uint64_t()> run;
};

// Prints a row for each contestant; ratios are to the first one. `items` is what one run answers.
// Throws: std::runtime_error when their checksums differ.
void compare(const std::string& workload, const std::string& unit, int items, int rounds,
             const std::vector<contestant>& contestants);

}  // namespace bench
