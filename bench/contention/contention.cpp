// contention SECONDS PROGRAMS: that many processes transfer money at serializable level, count, get or create
// and update or create the same rows against each other, then the books are audited. Exit code 1 when a unit
// was lost.
#include "../../test/support/bank.hpp"

#include <asynchrormous/testing/cluster.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

namespace {

int work(const char* url, int seconds, unsigned seed) {
    const orm::database db = orm::connect(url, {.max_connections = 2});
    const bank::tally done =
        bank::work(std::chrono::steady_clock::now() + std::chrono::seconds(seconds), seed);
    for (const std::int64_t each : {done.transfers, done.refused, done.runs, done.made, done.met})
        std::printf("%lld ", static_cast<long long>(each));
    db.close().get();
    return 0;
}

// Throws: std::runtime_error when one did not get to its end.
bank::tally run_programs(const std::string& self, const std::string& url, int seconds, int programs) {
    std::vector<FILE*> running;
    for (int seed = 1; seed <= programs; ++seed)
        running.push_back(::popen(
            ("'" + self + "' --work '" + url + "' " + std::to_string(seconds) + " " + std::to_string(seed))
                .c_str(),
            "r"));
    bank::tally all;
    for (FILE* each : running) {
        std::array<long long, 5> told{};
        for (long long& number : told)
            if (!each || std::fscanf(each, "%lld", &number) != 1)
                throw std::runtime_error("a program did not get to its end");
        all += {told[0], told[1], told[2], told[3], told[4]};
        ::pclose(each);
    }
    return all;
}

int compete(const std::string& self, int seconds, int programs) {
    const auto server = orm::testing::cluster::from_environment_or_private();
    const orm::database db = orm::connect(server.url());
    bank::open_bank();
    const bank::tally all = run_programs(self, server.url(), seconds, programs);
    const std::string wrong = bank::audit(all);
    std::printf(
        "%lld transfers, %lld refused for want of money, %lld runs of the closure; %lld names made, %lld "
        "times met\n%s",
        static_cast<long long>(all.transfers), static_cast<long long>(all.refused),
        static_cast<long long>(all.runs), static_cast<long long>(all.made), static_cast<long long>(all.met),
        wrong.empty() ? "the books are right\n" : wrong.c_str());
    db.close().get();
    return wrong.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        if (argc == 5 && std::strcmp(argv[1], "--work") == 0)
            return work(argv[2], std::atoi(argv[3]), static_cast<unsigned>(std::atoi(argv[4])));
        return compete(argv[0], argc > 1 ? std::atoi(argv[1]) : 60, argc > 2 ? std::atoi(argv[2]) : 2);
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "contention: %s\n", failure.what());
        return 1;
    }
}
