#define DOCTEST_CONFIG_IMPLEMENT
#include "support.hpp"

#include <cstdio>
#include <exception>
#include <optional>

namespace {
std::optional<orm::testing::cluster> running;
}  // namespace

orm::testing::cluster& test::server() { return running.value(); }

int main(int argc, char** argv) {
    doctest::Context context(argc, argv);
    try {
        running.emplace(orm::testing::cluster::from_environment_or_private());
    } catch (const std::exception& failure) {
        std::fprintf(stderr, "server tests cannot run: %s\n", failure.what());
        return 1;
    }
    const int status = context.run();
    running.reset();
    return status;
}
