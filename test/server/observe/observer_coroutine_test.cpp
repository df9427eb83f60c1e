// The same, with coroutines: what is awaited together leaves together.
#include "../query/fixture.hpp"
#include "recorder.hpp"

#include <set>

using namespace library;
using test::library_fixture;
using test::recorder;

namespace {

orm::task<> three_counts() {
    co_await orm::when_all(Author::objects.async().count(), Book::objects.async().count(),
                           Country::objects.async().count());
}

std::set<std::uint64_t> round_trips(const recorder& seen) {
    std::set<std::uint64_t> all;
    for (const auto& each : seen.all("done")) all.insert(each.event.round_trip);
    return all;
}

}  // namespace

TEST_CASE("reads that are awaited together share a Sync and a round trip, those after them do not") {
    const test::fresh_schema schema;
    const auto seen = std::make_shared<recorder>();
    orm::database db = orm::connect(schema.url(), {.max_connections = 1, .observers = {seen}});
    db.make_current();
    orm::event_loop& loop = orm::event_loop::current();
    orm::create_tables<Country, Author, Book>().get();
    for (int i = 0; i < 4; ++i) loop.run(three_counts());  // known to be quick
    seen->entries.clear();
    loop.run(three_counts());
    const auto done = seen->all("done");
    REQUIRE(done.size() == 3);
    CHECK(round_trips(*seen).size() == 1);
    CHECK(done[0].event.sync == done[1].event.sync);
    CHECK(done[0].event.sync == done[2].event.sync);
    CHECK(done[0].event.server_process == done[2].event.server_process);
    loop.run(three_counts());
    CHECK(round_trips(*seen).size() == 2);
    CHECK(seen->all("done").back().event.sync > done[0].event.sync);
    db.close().get();
}

TEST_CASE_FIXTURE(library_fixture,
                  "an observer of the thread hears of coroutines, and of their transactions") {
    recorder seen;
    const orm::observing now(seen);
    orm::event_loop::current().run([]() -> orm::task<> {
        co_await orm::atomic([]() -> orm::task<> {
            co_await Author::objects.async().count();
            co_await orm::atomic([]() -> orm::task<> { co_await Author::objects.async().count(); });
        });
    }());
    CHECK(seen.all("done").size() == 5);  // two counts, a savepoint and its release, COMMIT
    CHECK(seen.story("SAVEPOINT orm_1").find("done") != std::string::npos);
    for (const auto& each : seen.all("done"))
        if (each.text.starts_with("SELECT")) CHECK(each.file.ends_with("observer_coroutine_test.cpp"));
}
