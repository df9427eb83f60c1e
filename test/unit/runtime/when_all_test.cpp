#include "coroutine_support.hpp"

#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/sleep.hpp>
#include <asynchrormous/runtime/when_all.hpp>

#include <doctest/doctest.h>

#include <array>
#include <memory>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

using namespace std::chrono_literals;
using namespace orm_test;

namespace {

orm::task<int> number(int n, inline_event& after) {
    co_await after;
    co_return n;
}
orm::task<int> fails(std::string why, inline_event& after) {
    co_await after;
    throw std::runtime_error(why);
}
orm::task<> hold(inline_event& event, counted = {}) { co_await event; }

}  // namespace

TEST_SUITE("when_all") {
    TEST_CASE("all start before any has finished, and their results come as a tuple") {
        orm::event_loop loop;
        inline_event go;
        const manual<std::unique_ptr<int>> operation(loop);
        auto body = [&]() -> orm::task<std::string> {
            auto [a, nothing, b] = co_await orm::when_all(number(1, go), hold(go), operation.lazy());
            static_assert(std::is_same_v<decltype(nothing), std::monostate>);
            co_return std::to_string(a) + std::to_string(*b);
        };
        const auto started = orm::start(body(), loop);
        CHECK(go.waiting() == 2);
        go.set();
        turn(loop);
        CHECK_FALSE(started.ready());
        operation.succeed(std::make_unique<int>(2));
        CHECK(loop.run(started) == "12");
    }

    TEST_CASE("those of a range come as a vector, in its order") {
        orm::event_loop loop;
        inline_event first;
        inline_event second;
        std::vector<orm::task<int>> tasks;
        tasks.push_back(number(1, second));
        tasks.push_back(number(2, first));
        const auto started = orm::start(orm::when_all(std::move(tasks)), loop);
        first.set();
        second.set();
        CHECK(loop.run(started) == std::vector{1, 2});
        const auto lazies =
            std::array{orm::make_ready_lazy<int>(loop, 3), orm::make_ready_lazy<int>(loop, 4)};
        CHECK(loop.run(orm::when_all(lazies)) == std::vector{3, 4});
        loop.run(orm::when_all(std::vector{orm::sleep_for(0ms, loop), orm::sleep_for(1ms, loop)}));
    }

    TEST_CASE("nothing is done at once") {
        orm::event_loop loop;
        CHECK(bool(loop.run(orm::when_all()) == std::tuple<>()));
        CHECK(loop.run(orm::when_all(std::vector<orm::task<int>>())).empty());
    }

    TEST_CASE("the first error of the arguments is thrown when all have finished") {
        orm::event_loop loop;
        inline_event early;
        inline_event late;
        const auto started =
            orm::start(orm::when_all(number(1, late), fails("second", late), fails("third", early)), loop);
        early.set();
        turn(loop);
        CHECK_FALSE(started.ready());
        late.set();
        CHECK(message_of([&] { return loop.run(started), 0; }) == "second");

        std::vector<orm::task<int>> tasks;
        tasks.push_back(number(1, late));
        tasks.push_back(fails("in the vector", late));
        CHECK(message_of([&] { return loop.run(orm::when_all(std::move(tasks))), 0; }) == "in the vector");
    }

    TEST_CASE("given up, it gives its tasks up, and leaves lazies to their owners") {
        orm::event_loop loop;
        inline_event never;
        counted::alive = 0;
        const manual<int> others(loop);
        const auto started = orm::start(orm::when_all(hold(never), hold(never), others.lazy()), loop);
        CHECK(counted::alive == 2);
        started.cancel();
        turn(loop);
        CHECK(counted::alive == 0);
        CHECK_FALSE(others.state->ready());
    }
}
