// Loads the ISO standards of countries, languages, currencies and scripts into a PostgreSQL of its own and
// asks it questions in the three ways: plain code, lazy proxies, coroutines. Start here:
//   models.hpp      the models, plain structs
//   plain.cpp  lazy.cpp  coroutines.cpp      the three ways
// Usage: demo [folder of iso-codes' JSON files]
#include "show.hpp"
#include "ways.hpp"

#include <asynchrormous/testing/cluster.hpp>

#include <cstdio>
#include <exception>
#include <iostream>

namespace demo {

namespace {

void load(const world& iso) {
    chapter("Loading");
    orm::drop_tables<Subdivision, Currency, Country, Language, Script>().get();  // of an earlier, broken run
    orm::create_tables<Country, Subdivision, Language, Currency, Script>().get();

    const stopwatch watch;
    orm::event_loop::current().run(insert(iso));
    question(std::to_string(iso.countries.size()) + " countries, " + std::to_string(iso.subdivisions.size()) +
             " subdivisions, " + std::to_string(iso.languages.size()) + " languages, " +
             std::to_string(iso.currencies.size()) + " currencies, " + std::to_string(iso.scripts.size()) +
             " scripts");
    answer(std::to_string(iso.size()) + " rows with create(), in one transaction, many in flight",
           watch.milliseconds());
    expect(Subdivision::objects.count() == std::ssize(iso.subdivisions), "every subdivision arrived");
}

}  // namespace

}  // namespace demo

int main(int argc, char** argv) try {
    using namespace demo;
    const world iso = read_world(argc > 1 ? argv[1] : "/usr/share/iso-codes/json");

    const stopwatch watch;
    const auto server = orm::testing::cluster::from_environment_or_private();
    const orm::database db = orm::connect(server.url());
    std::cout << (server.is_private() ? "A PostgreSQL of our own was started" : "DATABASE_URL was used")
              << "   [" << in_milliseconds(watch.milliseconds()) << "]\n";

    load(iso);
    ask_plainly(iso);
    ask_lazily(iso);
    ask_with_coroutines(iso);

    orm::drop_tables<Subdivision, Currency, Country, Language, Script>().get();
    std::cout << (all_right() ? "\nAll answers were checked against the files, and are right.\n"
                              : "\nSome answers were wrong.\n");
    return all_right() ? 0 : 1;
} catch (const std::exception& error) {
    std::fprintf(stderr, "demo: %s\n", error.what());
    return 1;
}
