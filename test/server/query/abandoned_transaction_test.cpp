// A transaction that is given up at each point where it waits: nothing of it stays, and its connection is
// clean for whoever comes next. The loop is the application's, so that it can be stopped after every event.
#include "fixture.hpp"
#include "stepped_loop.hpp"

using namespace library;
using namespace orm::literals;
using namespace std::chrono_literals;
using test::library_fixture;
using test::on_another_thread;
using test::stepped_loop;

namespace {

orm::task<> create(std::string name) { co_await Author::objects.async().create({.name = std::move(name)}); }

struct seen {
    int began = 0;
    int callbacks = 0;
};

// Waits in every way that there is: nested, together, for time, for locks, for an error, for callbacks.
orm::task<> all_at_once(seen& here) {
    co_await orm::atomic([&]() -> orm::task<> {
        ++here.began;
        orm::on_commit([&] { ++here.callbacks; });
        co_await create("a");
        co_await orm::atomic([]() -> orm::task<> {
            co_await create("nested");
            co_await orm::sleep_for(1ms);
        });
        try {
            co_await orm::atomic([]() -> orm::task<> {
                co_await create("undone");
                co_await orm::execute("SELECT 1 / 0");
            });
        } catch (const orm::data_error&) {
        }
        co_await orm::when_all(create("b"), orm::atomic([] { return create("c"); }),
                               Author::objects.async().count());
        co_await orm::lock_transaction(4711);
        static_cast<void>(co_await Author::objects.async().select_for_update().first());
        co_await orm::execute("SET asynchrormous.trace = 'left behind'");
    });
    co_await orm::on_commit([&]() -> orm::task<> { co_await orm::sleep_for(1ms); });
}

orm::task<> contending(seen& here) {
    co_await orm::retry(
        {.isolation = orm::isolation::serializable, .attempts = 3, .pause = 1ms}, [&]() -> orm::task<> {
            ++here.began;
            orm::on_commit([&] { ++here.callbacks; });
            for (const char* name : {"a", "nested", "b", "c"}) co_await create(name);
            if (here.began < 2)
                co_await orm::execute("DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40001'; END $$");
        });
}

// Returns: after how many events it was done.
template <class Work>
int abandon_everywhere(const std::string& url, Work work) {
    stepped_loop loop(url);
    for (int events = 0;; ++events) {
        seen here;
        auto running = orm::start(work(here));
        for (int i = 0; i < events && !running.ready(); ++i) loop.step();
        const bool done = running.ready();
        if (!done) running.cancel();
        // The only connection: this waits until it is clean.
        auto after = Author::objects.async().count();
        loop.until_ready(after);
        const std::int64_t rows = after.get();
        auto trace = orm::start([]() -> orm::task<std::string> {
            const auto found = co_await Author::objects.async().raw(
                "SELECT 0::bigint AS id, coalesce(current_setting('asynchrormous.trace', true), '') AS name, "
                "NULL::date AS born, NULL AS country_id");
            co_return found.at(0).name;
        }());
        loop.until_ready(trace);
        INFO("abandoned after " << events << " events");
        CHECK(trace.get() == "");
        CHECK((rows == 0 || rows == 4));
        CHECK((rows == 4) == (here.callbacks == 1));
        if (rows == 4) {
            auto emptied = Author::objects.async().delete_();
            loop.until_ready(emptied);
        }
        if (done) {
            running.get();
            CHECK(rows == 4);
            return events;
        }
    }
}

}  // namespace

TEST_CASE_FIXTURE(library_fixture,
                  "a transaction given up at any event leaves nothing, and a clean connection") {
    on_another_thread([&] { CHECK(abandon_everywhere(schema_url(), all_at_once) > 10); });
}

TEST_CASE_FIXTURE(library_fixture, "so does one that is run again") {
    on_another_thread([&] { CHECK(abandon_everywhere(schema_url(), contending) > 5); });
}
