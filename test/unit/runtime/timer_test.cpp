#include "by_hand.hpp"

#include <asynchrormous/runtime/timer.hpp>

#include <doctest/doctest.h>

#include <memory>

using namespace std::chrono_literals;
using namespace orm_test;

TEST_SUITE("timer") {
    TEST_CASE("fires once, inside the loop") {
        orm::event_loop loop;
        const manual<bool> fired(loop);
        orm::timer timer(loop);
        timer.start(1ms, [&] { fired.succeed(loop.inside()); });
        CHECK(timer.running());
        CHECK(fired.lazy().get());
        CHECK_FALSE(timer.running());
    }

    TEST_CASE("started anew, only the last callback is called") {
        orm::event_loop loop;
        const manual<int> fired(loop);
        orm::timer timer(loop);
        timer.start(0ms, [&] { fired.succeed(1); });
        timer.start(1ms, [&] { fired.succeed(2); });
        CHECK(fired.lazy().get() == 2);
    }

    TEST_CASE("may be started anew or destroyed by its own callback") {
        orm::event_loop loop;
        const manual<int> fired(loop);
        auto timer = std::make_unique<orm::timer>(loop);
        timer->start(0ms, [&] {
            timer->start(0ms, [&, held = counted()] {
                timer = nullptr;
                fired.succeed(counted::alive);
            });
        });
        CHECK(fired.lazy().get() == 1);
        CHECK(counted::alive == 0);
    }

    TEST_CASE("stopped or destroyed, it never fires and keeps nothing") {
        orm::event_loop loop;
        orm::timer stopped(loop);
        stopped.start(0ms, [held = counted()] { FAIL("a stopped timer fired"); });
        stopped.stop();
        CHECK(counted::alive == 0);
        {
            orm::timer destroyed(loop);
            destroyed.start(0ms, [held = counted()] { FAIL("a destroyed timer fired"); });
        }
        CHECK(counted::alive == 0);
        const manual<void> later_one(loop);
        orm::timer after(loop);
        after.start(2ms, [&] { later_one.succeed(); });
        later_one.lazy().wait();
    }
}
