#include "by_hand.hpp"

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

struct hooked {
    hooked() : before(orm::set_unobserved_error_hook([](std::exception_ptr) noexcept { ++calls; })) {
        calls = 0;
    }
    ~hooked() { orm::set_unobserved_error_hook(before); }
    orm::error_hook before;
    static inline int calls = 0;
};

struct noted final : orm::lazy_state<int> {
    using lazy_state::lazy_state;
    void on_cancel() noexcept override { told = true; }
    bool told = false;
};

struct recorder final : orm::waiter {
    explicit recorder(std::string& to) : log(to) {}
    void wake() noexcept override { log += "woken;"; }
    std::string& log;
};

}  // namespace

TEST_SUITE("lazy") {
    TEST_CASE("a lazy is read by blocking until it is there, as often as one likes") {
        orm::event_loop loop;
        const manual<std::string> later_there(loop);
        loop.post([&] { later_there.succeed("there"); });
        const orm::lazy<std::string> value = later_there.lazy();
        CHECK_FALSE(value.ready());
        const std::string read = value;
        CHECK(read == "there");
        CHECK(value.ready());
        CHECK(value.get() == "there");
    }

    TEST_CASE("an error is thrown to each reader") {
        orm::event_loop loop;
        const manual<int> failing(loop);
        const orm::lazy<int> value = failing.lazy();
        failing.fail("broken");
        failing.succeed(5);  // too late
        CHECK(message_of([&] { return value.get(); }) == "broken");
        CHECK(message_of([&] { return value + 1; }) == "broken");
        CHECK_NOTHROW(value.wait());
    }

    TEST_CASE("wait_for tells whether the value is there in time, however long that is") {
        orm::event_loop loop;
        const manual<int> slow(loop);
        CHECK_FALSE(slow.lazy().wait_for(0ms));
        CHECK_FALSE(slow.lazy().wait_for(2ms));
        CHECK_FALSE(slow.lazy().wait_for(-1s));
        loop.post([&] { slow.succeed(1); });
        CHECK(slow.lazy().wait_for(std::chrono::nanoseconds::max()));
    }

    TEST_CASE("cancelling frees readers at once and tells whoever does the work") {
        orm::event_loop loop;
        const auto state = orm::make_intrusive<noted>(loop);
        const orm::lazy<int> value{orm::intrusive_ptr<orm::lazy_state<int>>(state)};
        value.cancel();
        CHECK(value.ready());
        CHECK(state->told);
        CHECK_THROWS_AS(static_cast<void>(value.get()), orm::operation_cancelled);
        state->succeed(1);
        CHECK_THROWS_AS(static_cast<void>(value.get()), orm::operation_cancelled);
    }

    TEST_CASE("cancelling what is ready changes nothing") {
        orm::event_loop loop;
        const auto state = orm::make_intrusive<noted>(loop);
        state->succeed(8);
        state->cancel();
        CHECK_FALSE(state->told);
        CHECK(state->value() == 8);
    }

    TEST_CASE("an error that nobody looked at goes to the hook, others do not") {
        const hooked hook;
        orm::event_loop loop;
        manual<int>(loop).fail("unseen");
        CHECK(hooked::calls == 1);
        {
            const manual<int> seen(loop);
            seen.fail("seen");
            CHECK_THROWS(static_cast<void>(seen.lazy().get()));
        }
        CHECK(hooked::calls == 1);
        manual<int>(loop).lazy().cancel();
        CHECK(hooked::calls == 1);
    }

    TEST_CASE("waiters are woken by the loop, never inline, and may leave before") {
        orm::event_loop loop;
        std::string log;
        const manual<void> done(loop);
        recorder first(log);
        recorder second(log);
        recorder third(log);
        for (recorder* each : {&first, &second, &third}) done.state->add_waiter(*each);
        done.state->remove_waiter(second);
        done.succeed();
        CHECK(log.empty());
        done.state->remove_waiter(third);
        turn(loop);
        CHECK(log == "woken;");
        done.state->add_waiter(second);  // ready already: woken all the same
        CHECK(log == "woken;");
        turn(loop);
        CHECK(log == "woken;woken;");
    }

    TEST_CASE("copies share one result; the only owner takes it out without a copy") {
        orm::event_loop loop;
        counted::copies = 0;
        {
            auto value = orm::make_ready_lazy<counted>(loop, counted());
            const auto copy = value;
            CHECK(copy.state() == value.state());
            static_cast<void>(std::move(value).get());
            CHECK(counted::copies == 1);
        }
        static_cast<void>(orm::make_ready_lazy<counted>(loop, counted()).get());
        CHECK(counted::copies == 1);
        CHECK(counted::alive == 0);
    }

    TEST_CASE("values may be move-only") {
        orm::event_loop loop;
        std::unique_ptr<int> value =
            orm::make_ready_lazy<std::unique_ptr<int>>(loop, std::make_unique<int>(4));
        CHECK(*value == 4);
    }

    TEST_CASE("sleeping gives a lazy; dropping it stops the timer") {
        orm::event_loop loop;
        orm::sleep_for(1ms, loop).get();
        {
            const auto dropped = orm::sleep_for(1h, loop);
        }
        const auto cancelled = orm::sleep_for(1h, loop);
        cancelled.cancel();
        CHECK_THROWS_AS(cancelled.get(), orm::operation_cancelled);
    }

    TEST_CASE("with_timeout gives the result in time, else timeout_error to everyone who shares it") {
        orm::event_loop loop;
        const manual<int> quick(loop);
        const manual<int> slow(loop);
        const auto in_time = orm::with_timeout(quick.lazy(), 1h);
        quick.succeed(5);
        CHECK(in_time.get() == 5);
        const auto late = orm::with_timeout(slow.lazy(), 1ms);
        CHECK(message_of([&] { return late.get(); }) == "the operation was not done within 1 ms");
        CHECK_THROWS_AS(static_cast<void>(slow.lazy().get()), orm::timeout_error);
        CHECK(orm::with_timeout(orm::make_ready_lazy<int>(loop, 6), 0ms).get() == 6);
    }
}
