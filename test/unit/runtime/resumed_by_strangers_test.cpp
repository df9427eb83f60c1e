// A task may be resumed by code that knows nothing of our loop: the application's own callbacks, other
// libraries' events, plain code. It is as safe there as in a callback of ours.
#include "coroutines.hpp"

#include <asynchrormous/runtime/sleep.hpp>
#include <asynchrormous/runtime/when_all.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <optional>

namespace orm::testing {

namespace {

using namespace std::chrono_literals;

// Resumes whoever waits at the gate from a callback of the application.
struct their_timer {
    their_timer(application& of, gate& at) {
        uv_timer_init(&of.loop, &handle);
        handle.data = &at;
        const auto rings = [](uv_timer_t* rung) { static_cast<gate*>(rung->data)->open(); };
        uv_timer_start(&handle, rings, 1, 0);
    }
    their_timer(const their_timer&) = delete;
    their_timer& operator=(const their_timer&) = delete;
    void close() { uv_close(reinterpret_cast<uv_handle_t*>(&handle), nullptr); }

    uv_timer_t handle{};
};

task<> cancels(std::optional<lazy<void>>& victim) {
    victim->cancel();
    co_return;
}

}  // namespace

TEST_SUITE("tasks that strangers resume") {
    TEST_CASE("a task that is cancelled by one that it starts goes on to where it waits next") {
        event_loop loop;
        gate at;
        std::optional<lazy<void>> self;
        bool gone = false;
        bool gone_while_running = true;
        const auto body = [&]() -> task<> {
            const death_note note(gone);
            co_await at;
            start(cancels(self)).get();
            gone_while_running = gone;
            co_await at;
            FAIL("it was resumed");
        };
        self = start(body());
        at.open();
        CHECK_FALSE(gone_while_running);
        CHECK_THROWS_AS(self->get(), operation_cancelled);
        pump(loop);
        CHECK(gone);
    }

    TEST_CASE("reading an unfinished lazy in it throws, and destroys nobody") {
        event_loop loop;
        gate at;
        const promised<int> pending(loop);
        std::optional<lazy<void>> self;
        bool gone = false;
        const auto body = [&]() -> task<> {
            const death_note note(gone);
            co_await at;
            self->cancel();
            CHECK_THROWS_AS(static_cast<void>(pending.get().get()), synchronous_only_operation);
            CHECK_THROWS_AS(loop.shutdown(), synchronous_only_operation);
            CHECK_FALSE(gone);
        };
        self = start(body());
        at.open();
        pump(loop);
        CHECK(gone);
    }

    TEST_CASE("a loop of its own may be run in it") {
        event_loop loop;
        gate at;
        int seen = 0;
        const auto inner = []() -> task<int> { co_return 3; };
        const auto body = [&]() -> task<> {
            co_await at;
            event_loop other;
            const auto slept = [](event_loop& its, task<int> next) -> task<int> {
                co_await sleep_for(0ms, its);
                co_return co_await std::move(next);
            };
            seen = other.run(slept(other, inner()));
        };
        auto result = start(body());
        at.open();
        CHECK(seen == 3);
        result.get();
    }

    TEST_CASE("the application's own callback: what it leaves behind is cleared away, and its uv_run ends") {
        application app;
        bool gone = false;
        {
            event_loop loop(&app.loop);
            gate at;
            their_timer timer(app, at);
            std::optional<lazy<void>> self;
            const auto body = [&]() -> task<> {
                const death_note note(gone);
                co_await at;
                start(cancels(self)).cancel();
                co_await at;
            };
            self = start(body());
            app.run();
            CHECK(gone);
            timer.close();
        }
    }

    TEST_CASE("started before uv_run or inside the application's callback, tasks are finished by uv_run") {
        application app;
        event_loop loop(&app.loop);
        gate at;
        their_timer timer(app, at);
        std::string log;
        const auto sleeping = [&](const char* name) -> task<> {
            co_await sleep_for(1ms);
            CHECK(loop.inside());
            log += name;
        };
        const auto started = start(sleeping("before;"));
        const auto in_callback = [&]() -> foreign {
            co_await at;
            CHECK_THROWS_AS(started.get(), synchronous_only_operation);
            static_cast<void>(start(sleeping("inside;")));
        };
        const foreign theirs = in_callback();
        CHECK_THROWS_AS(started.get(), synchronous_only_operation);
        app.run();
        theirs.rethrow();
        CHECK(started.ready());
        CHECK(log.find("before;") != std::string::npos);
        CHECK(log.find("inside;") != std::string::npos);
        timer.close();
    }

    TEST_CASE("a lazy that is fulfilled in the application's callback wakes its waiters in the loop") {
        application app;
        event_loop loop(&app.loop);
        gate at;
        their_timer timer(app, at);
        const promised<int> answer(loop);
        bool inside = false;
        const auto waiting = [&]() -> task<int> {
            const int value = co_await answer.get();
            inside = loop.inside();
            co_return value;
        };
        const auto result = start(waiting());
        const auto fulfilling = [&]() -> foreign {
            co_await at;
            answer.state->succeed(5);
            CHECK_FALSE(result.ready());
        };
        const foreign theirs = fulfilling();
        app.run();
        CHECK(theirs.done());
        REQUIRE(result.ready());
        CHECK(result == 5);
        CHECK(inside);
        timer.close();
    }

    TEST_CASE("a borrowed loop may run a task to its end, blocking, where nobody runs it") {
        application app;
        event_loop loop(&app.loop);
        const auto body = [&]() -> task<std::unique_ptr<int>> {
            co_await when_all(sleep_for(1ms), sleep_for(0ms));
            co_return std::make_unique<int>(7);
        };
        CHECK(*loop.run(body()) == 7);
    }
}

}  // namespace orm::testing
