#include "fixture.hpp"

#include <asynchrormous/testing/captured_queries.hpp>

#include <stdexcept>

using namespace library;
using namespace orm::literals;
using namespace std::chrono_literals;
using test::library_fixture;
using test::strings;

namespace {

template <class T>
T run(orm::task<T> what) {
    return orm::event_loop::current().run(std::move(what));
}

orm::task<> create(std::string name) { co_await Author::objects.async().create({.name = std::move(name)}); }

strings names() { return Author::objects.order_by<"id">().values_list<"name">().rows(); }

std::string text_of(std::exception_ptr why) {
    try {
        std::rethrow_exception(why);
    } catch (const std::exception& e) {
        return e.what();
    }
}

}  // namespace

TEST_CASE_FIXTURE(library_fixture, "awaited transactions take the same options") {
    run([](library_fixture& here) -> orm::task<> {
        const orm::testing::captured_queries sent;
        const auto count = co_await orm::atomic(
            {.isolation = orm::isolation::serializable, .read_only = true},
            []() -> orm::task<std::int64_t> { co_return co_await Author::objects.async().count(); });
        CHECK(count == 0);
        CHECK(sent.all().at(0).text == "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY");
        co_await orm::atomic(here.db(), []() -> orm::task<> {
            co_await create("kept");
            bool refused = false;
            try {
                co_await orm::atomic({.durable = true}, [] { return create("never"); });
            } catch (const orm::transaction_management_error&) {
                refused = true;
            }
            CHECK(refused);
            co_await orm::atomic([]() -> orm::task<> {
                co_await create("tried");
                orm::set_rollback();
            });
        });
        try {
            co_await orm::atomic([]() -> orm::task<> {
                co_await create("undone");
                try {
                    co_await orm::atomic({.savepoint = false}, []() -> orm::task<> {
                        throw std::runtime_error("no good");
                        co_return;
                    });
                } catch (const std::runtime_error&) {
                }
                co_await create("not sent");
            });
        } catch (const orm::transaction_aborted& e) {
            CHECK(std::string(e.what()).find("no good") != std::string::npos);
        }
    }(*this));
    CHECK(names() == strings{"kept"});
}

TEST_CASE_FIXTURE(library_fixture,
                  "callbacks may be coroutines: the outermost block awaits one after the other") {
    strings did;
    run([](strings& journal) -> orm::task<> {
        co_await orm::atomic([&]() -> orm::task<> {
            const std::string captured = "a captured text, longer than a small string";
            co_await orm::on_commit([&journal, captured]() -> orm::task<> {
                co_await orm::sleep_for(5ms);
                co_await create(captured);
                CHECK_FALSE(orm::in_atomic_block());
                journal.push_back("coroutine");
            });
            orm::on_commit([&] { journal.push_back("plain"); });
            co_await create("in the transaction");
            CHECK(journal.empty());
        });
        CHECK(journal == strings{"coroutine", "plain"});
        bool failed = false;
        try {
            co_await orm::atomic([&]() -> orm::task<> {
                co_await orm::on_commit(
                    []() -> orm::task<> {
                        co_await orm::sleep_for(1ms);
                        throw std::runtime_error("robust");
                    },
                    {.robust = true});
                co_await orm::on_commit([]() -> orm::task<> {
                    co_await orm::sleep_for(1ms);
                    throw std::runtime_error("not robust");
                });
                orm::on_commit([&] { journal.push_back("never"); });
            });
        } catch (const std::runtime_error& e) {
            failed = e.what() == std::string("not robust");
        }
        CHECK(failed);
        co_await orm::on_commit([&]() -> orm::task<> {
            co_await orm::sleep_for(1ms);
            journal.push_back("at once");
        });
    }(did));
    CHECK(did == strings{"coroutine", "plain", "at once"});
    CHECK(names().size() == 2);
}

TEST_CASE_FIXTURE(library_fixture, "coroutine callbacks of a blocking block run too") {
    strings did;
    orm::atomic([&] {
        const auto registered = orm::on_commit([&]() -> orm::task<> {
            co_await orm::sleep_for(1ms);
            did.push_back("coroutine");
        });
        CHECK(registered.ready());
        orm::on_commit([&] { did.push_back("plain"); });
    });
    CHECK(did == strings{"coroutine", "plain"});
}

TEST_CASE_FIXTURE(library_fixture, "retry awaited runs the whole coroutine again") {
    CHECK(run([]() -> orm::task<int> {
              int runs = 0;
              const int result = co_await orm::retry({.pause = 1ms}, [&]() -> orm::task<int> {
                  co_await create("try " + std::to_string(++runs));
                  if (runs < 3)
                      co_await orm::execute(
                          "DO $$ BEGIN RAISE EXCEPTION 'again' USING ERRCODE = '40P01'; END $$");
                  co_return runs;
              });
              bool refused = false;
              try {
                  co_await orm::atomic(
                      []() -> orm::task<> { co_await orm::retry([] { return create("no"); }); });
              } catch (const orm::transaction_management_error&) {
                  refused = true;
              }
              CHECK(refused);
              co_return result;
          }()) == 3);
    CHECK(names() == strings{"try 3"});
}

TEST_CASE_FIXTURE(library_fixture,
                  "queries at the same time inside of one transaction share its one connection") {
    run([](library_fixture& here) -> orm::task<> {
        co_await orm::atomic([&]() -> orm::task<> {
            auto [a, b, count] = co_await orm::when_all(Author::objects.async().create({.name = "a"}),
                                                        Author::objects.async().create({.name = "b"}),
                                                        Author::objects.async().count());
            CHECK(count == 2);
            CHECK(here.db().statistics().owned == 1);
            // Coroutines too, each with a block of its own: one after the other.
            co_await orm::when_all(orm::atomic([] { return create("c"); }), orm::atomic([]() -> orm::task<> {
                                       co_await create("d");
                                       orm::set_rollback();
                                   }));
        });
    }(*this));
    CHECK(names() == strings{"a", "b", "c"});
}

TEST_CASE_FIXTURE(library_fixture, "one query that fails among several ends them all, and they say why") {
    const auto body = [](std::string& why) -> orm::task<> {
        co_await create("a");
        auto good = orm::start(create("b"));
        const auto bad = orm::execute("SELECT 1 / 0");
        const auto late = Author::objects.async().count();
        co_await good;
        try {
            co_await late;
        } catch (const orm::transaction_aborted&) {
            why = text_of(std::current_exception());
        }
        CHECK_THROWS_AS(bad.get(), orm::data_error);
    };
    std::string why;
    CHECK_THROWS_AS(run(orm::atomic([&] { return body(why); })), orm::transaction_aborted);
    CHECK(why.find("division by zero") != std::string::npos);
    CHECK(names().empty());
}

TEST_CASE_FIXTURE(library_fixture,
                  "a coroutine that outlives its transaction gets an error, not another one's") {
    run([]() -> orm::task<> {
        std::optional<orm::lazy<void>> left;
        const auto straggler = []() -> orm::task<> {
            CHECK(orm::in_atomic_block());
            co_await orm::sleep_for(20ms);
            co_await create("too late");
        };
        co_await orm::atomic([&]() -> orm::task<> {
            co_await create("in time");
            left = orm::start(straggler());
        });
        std::string why;
        co_await orm::atomic([&]() -> orm::task<> {  // on the same connection, most likely
            co_await create("another one's");
            try {
                co_await *left;
            } catch (const orm::error&) {
                why = text_of(std::current_exception());
            }
        });
        CHECK(why.find("transaction has ended") != std::string::npos);
    }());
    CHECK(names() == strings{"in time", "another one's"});
}
