#include "timed.hpp"

#include "../macro/measure.hpp"

#include <sys/resource.h>

#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>

// Its name is what callgrind toggles its collecting on: --toggle-collect=timed_part.
extern "C" [[gnu::noinline]] std::uint64_t timed_part(const bench::doer& work, const bench::errand& asked) {
    const std::uint64_t sum = work(asked);
    asm volatile("" ::: "memory");  // no tail call: the frame must stand until the work is done
    return sum;
}

namespace bench {

namespace {

bool loads_everything(const std::string& workload) {
    return workload != "W1" && workload != "W2" && workload != "W4" && workload[0] == 'W' &&
           workload.find('.') == std::string::npos;
}

double peak_megabytes() {
    rusage usage{};
    getrusage(RUSAGE_SELF, &usage);
    return static_cast<double>(usage.ru_maxrss) / 1024;
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
    work({asked.workload, loads_everything(asked.workload) ? 1 : 10, asked.width});
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
