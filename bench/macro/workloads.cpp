// W1 to W4 and W7, the library beside hand-written libpq, on a private server or that of DATABASE_URL.
//   workloads                                        all of them, as Markdown tables
//   workloads --only W1 --side library --count 20000 one, once, for perf stat or callgrind
//   (docs/benchmark.md)
#include "books.hpp"
#include "report.hpp"
#include "sides.hpp"

#include <asynchrormous/testing/cluster.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <stdexcept>
#include <string_view>

namespace {

using namespace bench;

struct arguments {
    std::string only{};
    std::string side = "library";
    int count = 20'000;
    int width = 64;  // of W2: how many are in flight
    int rounds = 7;
};

arguments parse(int argc, char** argv) {
    arguments result;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view option = argv[i];
        if (i + 1 == argc) throw std::runtime_error(std::string(option) + " needs a value");
        const char* value = argv[i + 1];
        if (option == "--only")
            result.only = value;
        else if (option == "--side")
            result.side = value;
        else if (option == "--count")
            result.count = std::atoi(value);
        else if (option == "--in-flight")
            result.width = std::atoi(value);
        else if (option == "--rounds")
            result.rounds = std::atoi(value);
        else
            throw std::runtime_error(std::string(option) +
                                     " is none of --only --side --count --in-flight --rounds");
    }
    return result;
}

std::uint64_t run(side& of, const std::string& workload, int count, int width) {
    if (workload == "W1") return of.one_by_one(count);
    if (workload == "W2") return of.in_flight(count, width);
    if (workload == "W4") return of.joined(count);
    const auto read = workload == "W3"        ? &side::all_books
                      : workload == "stream"  ? &side::streamed_books
                      : workload == "awaited" ? &side::awaited_books
                                              : nullptr;
    if (!read) throw std::runtime_error(workload + " is none of W1 W2 W3 stream awaited W4 W7");
    std::uint64_t sum = 0;
    for (int n = 0; n < count; ++n) sum += (of.*read)();
    return sum;
}

void growth(side& library, int queries, int rounds) {
    std::printf("\n| in flight | queries/s | client CPU µs |\n| --- | --- | --- |\n");
    for (const int in_flight : {1, 4, 16, 64, 256, 1'000, 10'000}) {
        std::vector<double> wall, cpu;
        for (int round = 0; round < rounds; ++round) {
            const sample one = measure([&] { return library.in_flight(queries, in_flight); });
            wall.push_back(one.wall);
            cpu.push_back(one.cpu);
        }
        std::printf("| %d | %.0f | %.2f |\n", in_flight, queries / median(wall), median(cpu) / queries * 1e6);
        std::fflush(stdout);
    }
}

void loading(const std::string& url, int rounds) {
    const auto libpq = connect_libpq_loading(url), library = connect_library_loading(url);
    compare("W7, authors, books and tags", "rows", authors + books * (1 + tags_of_book), rounds,
            {{"libpq", [&] { return libpq->whole_library(); }},
             {"asynchrormous", [&] { return library->whole_library(); }}});
}

void everything(const std::string& url, const arguments& asked) {
    const auto shared = connect_libpq(url, sync::shared), each = connect_libpq(url, sync::each);
    const auto library = connect_library(url);
    const int count = asked.count, rounds = asked.rounds, width = asked.width;
    compare("W1, one by one", "queries", count, rounds,
            {{"libpq", [&] { return shared->one_by_one(count); }},
             {"asynchrormous", [&] { return library->one_by_one(count); }}});
    compare("W2, " + std::to_string(width) + " in flight", "queries", count, rounds,
            {{"libpq, a shared Sync", [&] { return shared->in_flight(count, width); }},
             {"libpq, a Sync each", [&] { return each->in_flight(count, width); }},
             {"asynchrormous", [&] { return library->in_flight(count, width); }}});
    compare("W3, all books", "rows", books, rounds,
            {{"libpq", [&] { return shared->all_books(); }},
             {"asynchrormous", [&] { return library->all_books(); }}});
    compare("W3 as a stream", "rows", books, rounds,
            {{"libpq, FETCH 2000", [&] { return shared->streamed_books(); }},
             {"asynchrormous, iterator()", [&] { return library->streamed_books(); }},
             {"asynchrormous, stream()", [&] { return library->awaited_books(); }},
             {"libpq, all at once", [&] { return shared->all_books(); }}});
    const int joined = std::max(1, count / 10);
    compare("W4, joined", "queries", joined, rounds,
            {{"libpq", [&] { return shared->joined(joined); }},
             {"asynchrormous", [&] { return library->joined(joined); }}});
    loading(url, rounds);
    growth(*library, std::max(count, 10'000), std::max(3, rounds / 2));
}

}  // namespace

// Its name is what callgrind toggles its collecting on: --toggle-collect=timed_part.
extern "C" [[gnu::noinline]] std::uint64_t timed_part(bench::side& of, const std::string& workload, int count,
                                                      int width) {
    return run(of, workload, count, width);
}

// The same of W7.
extern "C" [[gnu::noinline]] std::uint64_t timed_loading(bench::loading_side& of, int count) {
    std::uint64_t sum = 0;
    for (int n = 0; n < count; ++n) sum += of.whole_library();
    return sum;
}

namespace {

void print(const arguments& asked, const sample& cost) {
    std::printf(
        "%s %s: %d in %.3f s, client CPU %.3f s, operator new %llu, peak memory %.1f MiB, checksum %llu\n",
        asked.only.c_str(), asked.side.c_str(), asked.count, cost.wall, cost.cpu,
        static_cast<unsigned long long>(cost.allocations), peak_memory(),
        static_cast<unsigned long long>(cost.checksum));
}

void only_loading(const std::string& url, const arguments& asked) {
    const auto one = asked.side == "libpq" ? connect_libpq_loading(url) : connect_library_loading(url);
    timed_loading(*one, 1);  // warms up
    print(asked, measure([&] { return timed_loading(*one, asked.count); }));
}

bool whole_table(std::string_view workload) {
    return workload == "W3" || workload == "stream" || workload == "awaited";
}

void only(const std::string& url, const arguments& asked) {
    const auto one = asked.side == "libpq" ? connect_libpq(url, sync::shared) : connect_library(url);
    run(*one, asked.only, whole_table(asked.only) ? 1 : 100,
        asked.width);  // warms up: statements are prepared from here on
    const sample cost = measure([&] { return timed_part(*one, asked.only, asked.count, asked.width); });
    print(asked, cost);
}

}  // namespace

int main(int argc, char** argv) try {
    const arguments asked = parse(argc, argv);
    const auto server = orm::testing::cluster::from_environment_or_private();
    fill(server.url());
    if (asked.only.empty())
        everything(server.url(), asked);
    else if (asked.only == "W7")
        only_loading(server.url(), asked);
    else
        only(server.url(), asked);
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
