#include "by_hand.hpp"

#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/sleep.hpp>
#include <asynchrormous/runtime/timer.hpp>

#include <doctest/doctest.h>
#include <uv.h>

#include <string>

using namespace std::chrono_literals;
using namespace orm_test;

namespace {

struct application_loop {
    application_loop() { uv_loop_init(&uv); }
    ~application_loop() {
        uv_run(&uv, UV_RUN_DEFAULT);
        CHECK(uv_loop_close(&uv) == 0);
    }
    uv_loop_t uv{};
};

}  // namespace

TEST_SUITE("blocking") {
    TEST_CASE("reading an unfinished lazy in a callback of its loop throws and says what to write instead") {
        orm::event_loop loop;
        const manual<int> pending(loop);
        std::string posted;
        std::string timed;
        std::string deferred;
        std::string running;
        orm::timer timer(loop);
        later node([&] { deferred = message_of([&] { return pending.lazy().get(); }); });
        loop.post([&] {
            posted = message_of([&] { return int(pending.lazy()); });
            running = message_of([&] { return loop.run(pending.lazy()); });
            loop.defer(node);
        });
        const manual<void> rung(loop);
        timer.start(0ms, [&] {
            timed = message_of([&] { return pending.lazy().wait_for(1ms); });
            rung.succeed();
        });
        rung.lazy().wait();
        turn(loop);
        for (const std::string& message : {posted, timed, deferred, running}) {
            CHECK(message.find("inside its own event loop") != std::string::npos);
            CHECK(message.find("`co_await`") != std::string::npos);
            CHECK(message.find("`.async()`") != std::string::npos);
        }
    }

    TEST_CASE("reading what is ready is allowed inside the loop") {
        orm::event_loop loop;
        const orm::lazy<int> ready = orm::make_ready_lazy<int>(loop, 7);
        int read = 0;
        loop.post([&] { read = ready; });
        turn(loop);
        CHECK(read == 7);
    }

    TEST_CASE("a borrowed loop is never run implicitly") {
        application_loop application;
        orm::event_loop loop(&application.uv);
        CHECK(loop.borrowed());
        const manual<int> pending(loop);
        CHECK_THROWS_AS(pending.lazy().wait(), orm::synchronous_only_operation);
        CHECK_THROWS_AS(static_cast<void>(pending.lazy().wait_for(1ms)), orm::synchronous_only_operation);
        const std::string message = message_of([&] { return pending.lazy().get(); });
        CHECK(message.find("event_loop::run()") != std::string::npos);
        CHECK(message.find("`co_await`") != std::string::npos);
    }

    TEST_CASE("a borrowed loop may be run explicitly, even where only another thread can wake it") {
        application_loop application;
        orm::event_loop loop(&application.uv);
        loop.run(orm::sleep_for(1ms, loop));
        const manual<int> answer(loop);
        uv_thread_t other;
        struct both {
            orm::event_loop& loop;
            const manual<int>& answer;
        } shared{loop, answer};
        uv_thread_create(
            &other,
            [](void* raw) {
                auto& given = *static_cast<both*>(raw);
                given.loop.post([&given] { given.answer.succeed(3); });
            },
            &shared);
        CHECK(loop.run(answer.lazy()) == 3);
        uv_thread_join(&other);
    }

    TEST_CASE("the application's own uv_run serves us, and ends when there is nothing left to do") {
        application_loop application;
        orm::event_loop loop(&application.uv);
        bool woken = false;
        bool inside = false;
        later node([&] { woken = true; });
        loop.defer(node);  // outside of any callback: the application's loop is woken for it
        orm::timer timer(loop);
        timer.start(1ms, [&] { inside = loop.inside(); });
        uv_run(&application.uv, UV_RUN_DEFAULT);
        CHECK(woken);
        CHECK(inside);
    }

    TEST_CASE("shutting a borrowed loop down closes our handles and leaves the application's") {
        application_loop application;
        uv_timer_t theirs{};
        bool rung = false;
        theirs.data = &rung;
        uv_timer_init(&application.uv, &theirs);
        uv_timer_start(&theirs, [](uv_timer_t* t) { *static_cast<bool*>(t->data) = true; }, 1, 0);
        {
            orm::event_loop loop(&application.uv);
            orm::timer ours(loop);
            ours.start(1h, [] { FAIL("fired after the shutdown"); });
            loop.shutdown();
        }
        uv_run(&application.uv, UV_RUN_DEFAULT);
        CHECK(rung);
        uv_close(reinterpret_cast<uv_handle_t*>(&theirs), nullptr);
    }
}
