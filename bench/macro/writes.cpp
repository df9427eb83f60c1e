// W5 and W6, the library beside hand-written libpq, on a private server or that of DATABASE_URL.
//   writes [rows inserted] [rows updated] [rounds]        (docs/benchmark.md)
#include "books.hpp"
#include "report.hpp"
#include "write_sides.hpp"

#include <asynchrormous/testing/cluster.hpp>

#include <cstdio>
#include <cstdlib>
#include <exception>

namespace {

using namespace bench;

void inserts(write_side& libpq, write_side& library, int rows, int rounds) {
    compare("W5, inserts one by one", "rows", rows, rounds,
            {{"libpq", [&] { return libpq.insert_one_by_one(rows); }},
             {"asynchrormous", [&] { return library.insert_one_by_one(rows); }}});
    compare("W5, inserts started together", "rows", rows, rounds,
            {{"libpq, pipelined", [&] { return libpq.insert_together(rows); }},
             {"asynchrormous", [&] { return library.insert_together(rows); }}});
    compare("W5, bulk_create", "rows", rows, rounds,
            {{"libpq, UNNEST", [&] { return libpq.insert_bulk(rows); }},
             {"asynchrormous", [&] { return library.insert_bulk(rows); }}});
}

void updates(write_side& libpq, write_side& library, int rows, int rounds) {
    compare("W6, updates one by one", "rows", rows, rounds,
            {{"libpq", [&] { return libpq.update_one_by_one(rows); }},
             {"asynchrormous", [&] { return library.update_one_by_one(rows); }}});
    compare("W6, updates started together", "rows", rows, rounds,
            {{"libpq, pipelined", [&] { return libpq.update_together(rows); }},
             {"asynchrormous", [&] { return library.update_together(rows); }}});
    compare("W6, bulk_update", "rows", rows, rounds,
            {{"libpq, UNNEST", [&] { return libpq.update_bulk(rows); }},
             {"asynchrormous", [&] { return library.update_bulk(rows); }}});
}

}  // namespace

int main(int argc, char** argv) try {
    const auto number = [&](int place, int otherwise) {
        return argc > place ? std::atoi(argv[place]) : otherwise;
    };
    const auto server = orm::testing::cluster::from_environment_or_private();
    fill(server.url());
    const auto libpq = connect_libpq_writes(server.url());
    const auto library = connect_library_writes(server.url());
    inserts(*libpq, *library, number(1, 10'000), number(3, 5));
    updates(*libpq, *library, number(2, 1'000), number(3, 5));
} catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
}
