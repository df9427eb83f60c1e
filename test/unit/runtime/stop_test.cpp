#include "coroutine_support.hpp"

#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/stop.hpp>

#include <doctest/doctest.h>

#include <stop_token>
#include <thread>

using namespace orm_test;

TEST_SUITE("with_stop") {
    TEST_CASE("a stop requested on another thread cancels what is awaited") {
        orm::event_loop loop;
        const manual<int> pending(loop);
        std::stop_source source;
        auto body = [&]() -> orm::task<int> {
            co_return co_await orm::with_stop(pending.lazy(), source.get_token());
        };
        const auto started = orm::start(body(), loop);
        std::thread other([&] { source.request_stop(); });
        CHECK_THROWS_AS(static_cast<void>(started.get()), orm::operation_cancelled);
        other.join();
    }

    TEST_CASE("a task is given up where it waits") {
        orm::event_loop loop;
        inline_event never;
        std::stop_source source;
        counted::alive = 0;
        auto body = [&](counted) -> orm::task<> { co_await never; };
        const auto started = orm::with_stop(body(counted()), source.get_token());
        CHECK(counted::alive == 1);
        source.request_stop();
        CHECK_THROWS_AS(started.get(), orm::operation_cancelled);
        turn(loop);
        CHECK(counted::alive == 0);
    }

    TEST_CASE("a stop requested before cancels at once, one requested too late does nothing") {
        orm::event_loop loop;
        std::stop_source stopped;
        stopped.request_stop();
        CHECK_THROWS_AS(
            static_cast<void>(orm::with_stop(manual<int>(loop).lazy(), stopped.get_token()).get()),
            orm::operation_cancelled);
        std::stop_source source;
        const manual<int> number(loop);
        const auto value = orm::with_stop(number.lazy(), source.get_token());
        number.succeed(3);
        source.request_stop();
        CHECK(value.get() == 3);
        turn(loop);
        CHECK(value.get() == 3);
        CHECK(orm::with_stop(number.lazy(), source.get_token()).get() == 3);
    }
}
