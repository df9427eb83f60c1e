#include "timed.hpp"

#include "../macro/measure.hpp"

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <fstream>
#include <stdexcept>

// Its name is what callgrind toggles its collecting on: --toggle-collect=timed_part.
extern "C" [[gnu::noinline]] std::uint64_t timed_part(const bench::doer& work, const bench::errand& asked) {
    const std::uint64_t sum = work(asked);
    asm volatile("" ::: "memory");  // no tail call: the frame must stand until the work is done
    return sum;
}

namespace bench {

namespace {

// One load where the count says how often; ten queries or rows where it says how many.
int warm_up(const std::string& workload) {
    return workload == "W3" || workload == "W7" || workload == "rows" || workload == "columns" ? 1 : 10;
}

// Of this program: what getrusage() says begins with that of the process that started it.
double peak_megabytes() {
    std::ifstream status("/proc/self/status");
    for (std::string line; std::getline(status, line);)
        if (line.starts_with("VmHWM:")) return std::atof(line.c_str() + 6) / 1024;
    return 0;
}

void print(const sample& cost) {
    std::printf(
        "{\"seconds\": %.9f, \"cpu\": %.6f, \"allocations\": %llu, \"peak_mb\": %.1f, "
        "\"checksum\": \"%llu\"}\n",
        cost.wall, cost.cpu, static_cast<unsigned long long>(cost.allocations), peak_megabytes(),
        static_cast<unsigned long long>(cost.checksum));
}

}  // namespace

std::string database_url() {
    const char* url = std::getenv("DATABASE_URL");
    if (url == nullptr) throw std::runtime_error("DATABASE_URL names no server");
    return url;
}

int run_peer(int argc, char** argv, int first, const doer& work) try {
    if (argc < first + 2) throw std::runtime_error("usage: peer WORKLOAD COUNT [WIDTH]");
    const errand asked{argv[first], std::atoi(argv[first + 1]),
                       argc > first + 2 ? std::atoi(argv[first + 2]) : 64};
    work({asked.workload, warm_up(asked.workload), asked.width});
    print(measure([&] { return timed_part(work, asked); }));
    return 0;
} catch (const unknown_workload& unknown) {
    std::fprintf(stderr, "no workload %s here\n", unknown.name.c_str());
    return 2;
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}

}  // namespace bench
