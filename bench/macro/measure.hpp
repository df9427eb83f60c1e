// What one run costs: wall clock, CPU time of this process, calls of operator new, and the answer's checksum.
#pragma once

#include <cstdint>
#include <vector>

namespace bench {

struct sample {
    double wall = 0;  // seconds
    double cpu = 0;   // seconds, user and system
    std::uint64_t allocations = 0;
    std::uint64_t checksum = 0;
};

// Calls of operator new since the program started.
std::uint64_t allocations() noexcept;

// Seconds of CPU that this process has used.
double cpu_seconds() noexcept;

double wall_seconds() noexcept;

// The most that this process had resident so far, in MiB.
double peak_memory() noexcept;

double median(std::vector<double> values);

template <class Work>
sample measure(Work work) {
    const std::uint64_t before = allocations();
    const double cpu = cpu_seconds(), wall = wall_seconds();
    sample result;
    result.checksum = work();
    result.wall = wall_seconds() - wall;
    result.cpu = cpu_seconds() - cpu;
    result.allocations = allocations() - before;
    return result;
}

}  // namespace bench
