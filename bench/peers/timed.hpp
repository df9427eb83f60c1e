// What all peers written in C++ share: their command line, the timed part and the line that they print.
//   peer WORKLOAD COUNT [WIDTH]      DATABASE_URL names the server
// Only the timed part is measured: connecting, preparing and a warm-up of ten queries (one load) come before.
#pragma once

#include <cstdint>
#include <functional>
#include <string>

namespace bench {

struct errand {
    std::string workload;  // W1 W2 W3 W4 W5.one W5.together W5.bulk W6.one W6.together W6.bulk W7
    int count;             // queries of W1, W2 and W4; rows of W5 and W6; repeats of the others
    int width;             // of W2: how many are in flight
};

// Does the errand and returns the checksum over what it read or wrote; throws unknown_workload.
using doer = std::function<std::uint64_t(const errand&)>;

struct unknown_workload {
    std::string name;
};

// Reads the errand from the arguments, starting with the one at `first`, warms up, does it, and prints
// {"seconds", "cpu", "allocations", "peak_mb", "checksum"} as a line of JSON. Returns what main returns.
int run_peer(int argc, char** argv, int first, const doer& work);

// The value of DATABASE_URL; throws std::runtime_error without one.
std::string database_url();

}  // namespace bench
