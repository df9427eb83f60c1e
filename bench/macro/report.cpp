#include "report.hpp"

#include <cstdio>
#include <stdexcept>

namespace bench {

namespace {

double median_of(const std::vector<sample>& samples, double sample::* what) {
    std::vector<double> values;
    for (const sample& one : samples) values.push_back(one.*what);
    return median(std::move(values));
}

void print_row(const std::string& name, int items, const std::vector<sample>& samples,
               const std::vector<sample>& first) {
    const double wall = median_of(samples, &sample::wall), cpu = median_of(samples, &sample::cpu);
    std::printf("| %s | %.0f | %.2f | %.2f | %.2f | %.2f |\n", name.c_str(), items / wall, cpu / items * 1e6,
                wall / median_of(first, &sample::wall), cpu / median_of(first, &sample::cpu),
                static_cast<double>(samples.back().allocations) / items);
    std::fflush(stdout);
}

}  // namespace

void compare(const std::string& workload, const std::string& unit, int items, int rounds,
             const std::vector<contestant>& contestants) {
    std::vector<std::vector<sample>> samples(contestants.size());
    for (const contestant& warm_up : contestants) warm_up.run();
    for (int round = 0; round < rounds; ++round)
        for (std::size_t i = 0; i < contestants.size(); ++i) {
            samples[i].push_back(measure(contestants[i].run));
            if (samples[i].back().checksum != samples[0][0].checksum)
                throw std::runtime_error(workload + ": " + contestants[i].name + " read something else");
        }
    std::printf("\n| %s | %s/s | client CPU µs | wall ÷ libpq | CPU ÷ libpq | operator new |\n",
                workload.c_str(), unit.c_str());
    std::printf("| --- | --- | --- | --- | --- | --- |\n");
    for (std::size_t i = 0; i < contestants.size(); ++i)
        print_row(contestants[i].name, items, samples[i], samples[0]);
}

}  // namespace bench
