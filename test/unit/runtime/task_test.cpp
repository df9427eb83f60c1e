#include "coroutine_support.hpp"

#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/hooks.hpp>
#include <asynchrormous/runtime/sleep.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

using namespace std::chrono_literals;
using namespace orm_test;

namespace {

orm::task<int> answer() { co_return 42; }
orm::task<int> broken() {
    throw std::runtime_error("broken");
    co_return 0;
}
orm::task<int> twice(orm::task<int> inner) { co_return 2 * co_await std::move(inner); }
orm::task<> hold(inline_event& event, counted = {}) { co_await event; }
template <class T>
orm::task<T> value_of(orm::lazy<T> what) {
    co_return co_await std::move(what);
}

}  // namespace

TEST_SUITE("task") {
    TEST_CASE("a task does not begin before it is awaited, and gives its value") {
        orm::event_loop loop;
        bool begun = false;
        auto body = [&]() -> orm::task<int> {
            begun = true;
            co_return 1;
        };
        auto made = body();
        CHECK_FALSE(begun);
        CHECK(loop.run(twice(std::move(made))) == 2);
        CHECK(begun);
    }

    TEST_CASE("an error travels through the tasks that await it") {
        orm::event_loop loop;
        CHECK(message_of([&] { return loop.run(twice(broken())); }) == "broken");
        auto caught = [&]() -> orm::task<std::string> {
            try {
                co_await broken();
            } catch (const std::exception& e) {
                co_return e.what();
            }
            co_return "nothing";
        };
        CHECK(loop.run(caught()) == "broken");
    }

    TEST_CASE("move-only values and temporaries in the await expression are handled once") {
        orm::event_loop loop;
        auto make = [](counted, std::string text) -> orm::task<std::unique_ptr<std::string>> {
            co_return std::make_unique<std::string>(std::move(text));
        };
        auto body = [&]() -> orm::task<std::string> {
            co_return *co_await make(counted(), std::string(100, 'x'));
        };
        CHECK(loop.run(body()) == std::string(100, 'x'));
        CHECK(counted::alive == 0);
    }

    TEST_CASE("awaiting a task that was awaited before is an error") {
        orm::event_loop loop;
        auto body = []() -> orm::task<> {
            auto once = answer();
            co_await std::move(once);
            co_await std::move(once);
        };
        CHECK(message_of([&] { return loop.run(body()), 0; }).find("second time") != std::string::npos);
    }

    TEST_CASE("a hundred thousand awaits in a row and ten thousand in depth need no stack") {
        orm::event_loop loop;
        auto row = []() -> orm::task<int> {
            int sum = 0;
            for (int i = 0; i < 100'000; ++i) sum += co_await answer();
            co_return sum;
        };
        CHECK(loop.run(row()) == 4'200'000);
        struct nest {
            static orm::task<int> down(int depth) {
                if (depth == 0) co_return 0;
                co_return 1 + co_await down(depth - 1);
            }
        };
        CHECK(loop.run(nest::down(10'000)) == 10'000);
    }

    TEST_CASE("destroyed before it began, a task destroys what it was given") {
        inline_event never;
        counted::alive = 0;
        {
            const auto unawaited = hold(never);
        }
        CHECK(counted::alive == 0);
    }

    TEST_CASE("a coroutine resumed by the loop, started or run is inside it") {
        orm::event_loop loop;
        const manual<void> later_on(loop);
        auto body = [&]() -> orm::task<std::string> {
            std::string seen = loop.inside() ? "inside" : "outside";
            co_await later_on.lazy();
            seen += loop.inside() ? " inside" : " outside";
            co_return seen;
        };
        const auto started = orm::start(body(), loop);
        CHECK_FALSE(loop.inside());
        later_on.succeed();
        CHECK(loop.run(started) == "inside inside");
        CHECK(loop.run(body()) == "inside inside");
        CHECK_FALSE(loop.inside());
    }

    TEST_CASE("reading a lazy in a task throws instead of nesting the loop; run() starts nothing there") {
        orm::event_loop loop;
        const manual<int> pending(loop);
        bool begun = false;
        auto inner = [&]() -> orm::task<> {
            begun = true;
            co_return;
        };
        auto body = [&]() -> orm::task<> {
            CHECK_THROWS_AS(static_cast<void>(pending.lazy().get()), orm::synchronous_only_operation);
            CHECK_THROWS_AS(loop.run(inner()), orm::synchronous_only_operation);
            co_return;
        };
        loop.run(body());
        CHECK_FALSE(begun);
    }
}

TEST_SUITE("lazy, awaited") {
    TEST_CASE("many tasks may await one lazy, a named one by reference") {
        orm::event_loop loop;
        const manual<std::vector<int>> shared(loop);
        const auto value = shared.lazy();
        const void* where = nullptr;
        auto named = [&]() -> orm::task<> {
            const std::vector<int>& numbers = co_await value;
            where = &numbers;
        };
        const auto first = orm::start(named(), loop);
        const auto second = orm::start(value_of(value), loop);
        CHECK_FALSE(first.ready());
        shared.succeed(std::vector{1, 2});
        CHECK_FALSE(first.ready());  // never inline
        loop.run(first);
        CHECK(loop.run(second) == std::vector{1, 2});
        CHECK(where == &value.get());
    }

    TEST_CASE("a temporary lazy gives its value without a copy, also that of a started task") {
        orm::event_loop loop;
        counted::copies = 0;
        auto make = [&]() -> orm::task<counted> {
            co_await orm::sleep_for(1ms, loop);
            co_return counted();
        };
        auto body = [&]() -> orm::task<> { static_cast<void>(co_await orm::start(make(), loop)); };
        loop.run(body());
        CHECK(counted::copies == 0);
        CHECK(counted::alive == 0);
    }

    TEST_CASE("a lazy can be awaited by a coroutine type of another library") {
        orm::event_loop loop;
        const manual<int> number(loop);
        const manual<int> failing(loop);
        int seen = 0;
        auto body = [&]() -> foreign {
            const auto named = number.lazy();
            seen = co_await named;
            seen += co_await number.lazy();
            seen += co_await answer();
            co_await failing.lazy();
        };
        const foreign running = body();
        number.succeed(1);
        CHECK(seen == 0);
        turn(loop);
        CHECK(seen == 44);
        failing.fail("broken");
        turn(loop);
        REQUIRE(running.done());
        CHECK(message_of([&] { return running.rethrow(), 0; }) == "broken");
    }

    TEST_CASE("a coroutine that is destroyed while it waits leaves the list of the waiting") {
        orm::event_loop loop;
        const manual<int> number(loop);
        int woken = 0;
        auto body = [&]() -> foreign {
            co_await number.lazy();
            ++woken;
        };
        const foreign kept = body();
        {
            const foreign dropped = body();
            number.succeed(1);  // it is queued to be woken already
        }
        turn(loop);
        CHECK(woken == 1);
    }
}

TEST_SUITE("start") {
    TEST_CASE("a started task runs to its first suspension at once, and on when its lazy is dropped") {
        orm::event_loop loop;
        inline_event event;
        int steps = 0;
        auto body = [&]() -> orm::task<> {
            ++steps;
            co_await event;
            ++steps;
        };
        {
            const auto dropped = orm::start(body(), loop);
        }
        CHECK(steps == 1);
        event.set();
        CHECK(steps == 2);
    }

    TEST_CASE("the error of a dropped task goes to the hook") {
        orm::event_loop loop;
        static int errors = 0;
        const auto before = orm::set_unobserved_error_hook([](std::exception_ptr) noexcept { ++errors; });
        {
            const auto dropped = orm::start(broken(), loop);
        }
        turn(loop);
        orm::set_unobserved_error_hook(before);
        CHECK(errors == 1);
    }

    TEST_CASE("cancelling a started task destroys it where it waits, with the tasks it awaits") {
        orm::event_loop loop;
        inline_event never;
        counted::alive = 0;
        auto outer = [&](counted) -> orm::task<> { co_await hold(never); };
        const auto started = orm::start(outer(counted()), loop);
        CHECK(counted::alive == 3);  // given to outer, given to hold, and the temporary in outer
        started.cancel();
        CHECK_THROWS_AS(started.get(), orm::operation_cancelled);
        turn(loop);
        CHECK(counted::alive == 0);
    }

    TEST_CASE("a task may cancel itself") {
        orm::event_loop loop;
        inline_event never;
        std::optional<orm::lazy<void>> self;
        bool went_on = false;
        auto body = [&]() -> orm::task<> {
            co_await orm::sleep_for(0ms, loop);
            self->cancel();
            went_on = true;
            co_await never;
            FAIL("it was resumed");
        };
        self = orm::start(body(), loop);
        CHECK_THROWS_AS(self->get(), orm::operation_cancelled);
        CHECK(went_on);
    }

    TEST_CASE("with_timeout gives a task up where it waits") {
        orm::event_loop loop;
        inline_event never;
        counted::alive = 0;
        auto body = [&]() -> orm::task<> { co_await orm::with_timeout(hold(never), 1ms); };
        CHECK_THROWS_AS(loop.run(body()), orm::timeout_error);
        turn(loop);
        CHECK(counted::alive == 0);
        CHECK(loop.run(orm::with_timeout(answer(), 1h)) == 42);
    }
}

TEST_SUITE("shutdown, tasks") {
    TEST_CASE("tasks that wait for an operation are resumed with loop_closed, and can start nothing more") {
        auto loop = std::make_unique<orm::event_loop>();
        std::string log;
        const manual<void> pending(*loop);
        auto inner = [&]() -> orm::task<> { co_await pending.lazy(); };
        auto body = [&]() -> orm::task<> {
            try {
                co_await inner();
            } catch (const orm::loop_closed&) {
                log += "closed;";
            }
            CHECK_THROWS_AS(static_cast<void>(orm::sleep_for(1ms, *loop)), orm::loop_closed);
            CHECK_THROWS_AS(static_cast<void>(orm::start(answer(), *loop)), orm::loop_closed);
            log += "ended;";
        };
        const auto started = orm::start(body(), *loop);
        loop->shutdown();
        CHECK(log == "closed;ended;");
        CHECK_THROWS_AS(started.get(), orm::loop_closed);
    }

    TEST_CASE("tasks that wait for something of a stranger are destroyed, dropped or not") {
        inline_event never;
        counted::alive = 0;
        orm::event_loop loop;
        const auto kept = orm::start(hold(never), loop);
        {
            const auto dropped = orm::start(hold(never), loop);
        }
        CHECK(counted::alive == 2);
        loop.shutdown();
        CHECK(counted::alive == 0);
        CHECK_THROWS_AS(kept.get(), orm::loop_closed);
    }

    TEST_CASE("foreign coroutines that wait are resumed with loop_closed") {
        auto loop = std::make_unique<orm::event_loop>();
        auto body = [&]() -> foreign { co_await orm::sleep_for(1h, *loop); };
        const foreign waiting = body();
        loop = nullptr;
        REQUIRE(waiting.done());
        CHECK_THROWS_AS(waiting.rethrow(), orm::loop_closed);
    }
}
