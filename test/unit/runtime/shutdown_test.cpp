#include "by_hand.hpp"

#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/sleep.hpp>
#include <asynchrormous/runtime/timer.hpp>
#include <asynchrormous/runtime/worker.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <string>

using namespace std::chrono_literals;
using namespace orm_test;

namespace {

struct told final : orm::shutdown_listener {
    told(orm::event_loop& of, std::string& to, std::string n,
         orm::shutdown_phase when = orm::shutdown_phase::first)
        : shutdown_listener(of, when), log(to), name(std::move(n)) {}
    void on_loop_shutdown() noexcept override { log += name; }
    std::string& log;
    std::string name;
};

}  // namespace

TEST_SUITE("shutdown") {
    TEST_CASE("whoever waits gets loop_closed, and nothing can be started afterwards") {
        orm::event_loop loop;
        const manual<int> pending(loop);
        const auto sleeping = orm::sleep_for(1h, loop);
        const auto limited = orm::with_timeout(pending.lazy(), 1h);
        loop.shutdown();
        loop.shutdown();
        CHECK(loop.closed());
        CHECK_THROWS_AS(static_cast<void>(pending.lazy().get()), orm::loop_closed);
        CHECK_THROWS_AS(sleeping.get(), orm::loop_closed);
        CHECK_THROWS_AS(static_cast<void>(limited.get()), orm::loop_closed);
        CHECK_THROWS_AS(manual<int>{loop}, orm::loop_closed);
        CHECK_THROWS_AS(orm::timer{loop}, orm::loop_closed);
        loop.post([] { FAIL("ran after the shutdown"); });
    }

    TEST_CASE("listeners are told once, in their phase, unless they have gone; work posted before has run") {
        orm::event_loop loop;
        std::string log;
        const told last(loop, log, "last", orm::shutdown_phase::last);
        const told first(loop, log, "first;");
        {
            const told gone_a(loop, log, "gone;");
            const told gone_b(loop, log, "gone;");
        }
        loop.post([&] { log += "posted;"; });
        loop.shutdown();
        CHECK(log == "posted;first;last");
    }

    TEST_CASE("timers and lazies may outlive their loop") {
        std::unique_ptr<orm::timer> timer;
        std::unique_ptr<manual<int>> pending;
        {
            orm::event_loop loop;
            timer = std::make_unique<orm::timer>(loop);
            timer->start(1h, [] {});
            pending = std::make_unique<manual<int>>(loop);
        }
        CHECK_FALSE(timer->running());
        timer->start(1ms, [] {});
        timer->stop();
        CHECK(pending->state->ready());
    }

    TEST_CASE("a shutdown in a callback of the loop is refused") {
        orm::event_loop loop;
        std::string message;
        loop.post([&] { message = message_of([&] { return loop.shutdown(), 0; }); });
        turn(loop);
        CHECK(message.find("inside its own event loop") != std::string::npos);
        CHECK_FALSE(loop.closed());
    }

    TEST_CASE("work on a thread ends before an own loop does, and its continuation is dropped") {
        counted::alive = 0;
        bool worked = false;
        {
            orm::event_loop loop;
            const manual<void> begun(loop);
            orm::run_on_worker(
                loop,
                [&, posted = false]() mutable {
                    if (!std::exchange(posted, true)) loop.post([&] { begun.succeed(); });
                    worked = true;
                },
                [held = counted()] { FAIL("the continuation ran after the shutdown"); });
            loop.shutdown();
            CHECK(counted::alive == 0);
        }
        static_cast<void>(worked);  // or it was cancelled before a thread took it
    }
}
