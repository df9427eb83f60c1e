// The library and hand-written libpq as peers of bench/run.sh, and the server that all peers share.
//   peer SIDE WORKLOAD COUNT [WIDTH]    SIDE: library libpq libpq-each; one run, one line of JSON
//   peer serve                          prints the URL of a filled, private server; stops it at the end of
//   input
// Beside W1 to W7 there are rows N, columns N (COUNT times) and connections N with 256 in flight, for growth.
#include "../peers/timed.hpp"
#include "books.hpp"
#include "growth_sides.hpp"
#include "sides.hpp"
#include "write_sides.hpp"

#include <asynchrormous/testing/cluster.hpp>

#include <cstdio>
#include <stdexcept>

namespace {

using namespace bench;

// One that is asked twice, for the warm-up and for the timed part, keeps its connection.
class contestant {
public:
    explicit contestant(const std::string& name) : library_(name == "library"), each_(name == "libpq-each") {
        if (!library_ && !each_ && name != "libpq")
            throw std::runtime_error(name + " is none of library, libpq and libpq-each");
    }

    std::uint64_t operator()(const errand& asked) {
        const std::string& workload = asked.workload;
        if (workload == "W7") return repeated(asked.count, [&] { return loading().whole_library(); });
        if (workload == "rows") return repeated(asked.count, [&] { return growth().rows(asked.width); });
        if (workload == "columns")
            return repeated(asked.count, [&] { return growth().columns(asked.width); });
        if (workload.find('.') != std::string::npos) return write(workload, asked.count);
        return read(asked);
    }

private:
    template <class Work>
    static std::uint64_t repeated(int times, Work work) {
        std::uint64_t sum = 0;
        for (int n = 0; n < times; ++n) sum += work();
        return sum;
    }

    std::uint64_t read(const errand& asked) {
        if (asked.workload == "connections") return reading(asked.width).in_flight(asked.count, 256);
        side& of = reading(1);
        if (asked.workload == "W1") return of.one_by_one(asked.count);
        if (asked.workload == "W2") return of.in_flight(asked.count, asked.width);
        if (asked.workload == "W3") return repeated(asked.count, [&] { return of.all_books(); });
        if (asked.workload == "W4") return of.joined(asked.count);
        throw unknown_workload{asked.workload};
    }

    std::uint64_t write(const std::string& workload, int rows) {
        write_side& of = writing();
        if (workload == "W5.one") return of.insert_one_by_one(rows);
        if (workload == "W5.together") return of.insert_together(rows);
        if (workload == "W5.bulk") return of.insert_bulk(rows);
        if (workload == "W6.one") return of.update_one_by_one(rows);
        if (workload == "W6.together") return of.update_together(rows);
        if (workload == "W6.bulk") return of.update_bulk(rows);
        throw unknown_workload{workload};
    }

    side& reading(int connections) {
        if (!reading_)
            reading_ = library_ ? connect_library(database_url(), connections)
                                : connect_libpq(database_url(), each_ ? sync::each : sync::shared);
        return *reading_;
    }
    write_side& writing() {
        if (!writing_)
            writing_ =
                library_ ? connect_library_writes(database_url()) : connect_libpq_writes(database_url());
        return *writing_;
    }
    loading_side& loading() {
        if (!loading_)
            loading_ =
                library_ ? connect_library_loading(database_url()) : connect_libpq_loading(database_url());
        return *loading_;
    }
    growth_side& growth() {
        if (!growth_)
            growth_ =
                library_ ? connect_library_growth(database_url()) : connect_libpq_growth(database_url());
        return *growth_;
    }

    bool library_, each_;
    std::unique_ptr<side> reading_;
    std::unique_ptr<write_side> writing_;
    std::unique_ptr<loading_side> loading_;
    std::unique_ptr<growth_side> growth_;
};

int serve() {
    const orm::testing::cluster server;
    fill(server.url());
    std::printf("%s\n", server.url().c_str());
    std::fflush(stdout);
    while (std::getchar() != EOF) {
    }
    return 0;
}

}  // namespace

int main(int argc, char** argv) try {
    const std::string side = argc > 1 ? argv[1] : "";
    if (side == "serve") return serve();
    contestant one(side);
    return run_peer(argc, argv, 2, [&](const errand& asked) { return one(asked); });
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
