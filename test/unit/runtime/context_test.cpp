#include "coroutine_support.hpp"

#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/sleep.hpp>
#include <asynchrormous/runtime/when_all.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <optional>
#include <string>
#include <thread>

using namespace std::chrono_literals;
using namespace orm_test;

namespace {

// Awaits like a library that never heard of contexts, in each of the three ways of await_suspend.
struct goes_on_at_once {
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<>) const noexcept {
        CHECK(current_name() == "mine");
        return false;
    }
    void await_resume() const noexcept {}
};

struct transfers_back {
    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> who) const noexcept {
        CHECK(current_name() == "mine");
        return who;
    }
    void await_resume() const noexcept {}
};

struct resumes_inside_suspend {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> who) const {
        CHECK(current_name() == "mine");
        who.resume();
        CHECK(current_name() == "mine");
    }
    void await_resume() const noexcept {}
};

struct throws_in_suspend {
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<>) const { throw std::runtime_error("no"); }
    void await_resume() const noexcept {}
};

struct member_only {
    goes_on_at_once operator co_await() const noexcept { return {}; }
};
struct free_only {};
goes_on_at_once operator co_await(free_only) noexcept { return {}; }

struct resumed_from_thread {
    orm::event_loop& loop;
    std::optional<std::thread>& thread;
    bool await_ready() const noexcept { return false; }
    void await_suspend(std::coroutine_handle<> who) const {
        thread.emplace([home = &loop, who] { home->post([who] { who.resume(); }); });
    }
    void await_resume() const noexcept {}
};

// Runs `body` as a task with a context of that name.
template <class F>
orm::lazy<void> start_as(const std::string& name, F& body, orm::event_loop& loop) {
    const orm::context_scope scope(context_named(name));
    return orm::start(body(), loop);
}

}  // namespace

TEST_SUITE("context") {
    TEST_CASE("scopes nest, and end where they were") {
        CHECK(current_name() == "none");
        {
            const orm::context_scope outer(context_named("outer"));
            {
                const orm::context_scope inner(context_named("inner"));
                CHECK(current_name() == "inner");
            }
            CHECK(current_name() == "outer");
        }
        CHECK(current_name() == "none");
    }

    TEST_CASE("a task has its context in every step, whatever it awaits, and nobody else has it") {
        orm::event_loop loop;
        std::optional<std::thread> thread;
        int steps = 0;
        const auto expect = [&] {
            CHECK(current_name() == "mine");
            ++steps;
        };
        auto body = [&]() -> orm::task<> {
            expect();
            co_await orm::sleep_for(0ms, loop);
            expect();
            co_await orm::make_ready_lazy<void>(loop);
            expect();
            co_await goes_on_at_once();
            expect();
            co_await transfers_back();
            expect();
            co_await member_only();
            expect();
            co_await free_only();
            expect();
            co_await std::suspend_never();
            expect();
            CHECK_THROWS(co_await throws_in_suspend());
            expect();
            co_await resumes_inside_suspend();
            expect();
            co_await resumed_from_thread{loop, thread};
            expect();
        };
        const auto started = start_as("mine", body, loop);
        CHECK(current_name() == "none");
        loop.run(started);
        CHECK(current_name() == "none");
        thread->join();
        CHECK(steps == 11);
    }

    TEST_CASE("tasks that are resumed inside each other keep their own contexts") {
        orm::event_loop loop;
        inline_event first;
        inline_event second;
        std::string log;
        auto waiting = [&]() -> orm::task<> {
            co_await first;
            log += current_name() + ";";
            co_await second;
            log += current_name() + ";";
        };
        auto setting = [&]() -> orm::task<> {
            first.set();  // the other one runs right here
            log += current_name() + ";";
            co_await orm::sleep_for(0ms, loop);
            second.set();
            log += current_name() + ";";
        };
        const auto a = start_as("a", waiting, loop);
        const auto b = start_as("b", setting, loop);
        loop.run(b);
        CHECK(a.ready());
        CHECK(log == "a;b;a;b;");
    }

    TEST_CASE("a stranger that sets an event keeps its own context, and strangers resumed by us have none") {
        orm::event_loop loop;
        inline_event event;
        const manual<void> done(loop);
        std::string foreign_saw;
        auto waiting = [&]() -> orm::task<> {
            co_await event;
            done.succeed();
        };
        auto stranger = [&]() -> foreign {
            co_await done.lazy();
            foreign_saw = current_name();
        };
        const foreign running = stranger();
        const auto started = start_as("mine", waiting, loop);
        {
            const orm::context_scope mine(context_named("plain code"));
            event.set();
            CHECK(current_name() == "plain code");
            auto quick = [&]() -> orm::task<> { co_return; };
            static_cast<void>(orm::start(quick(), loop));  // its tick wakes the stranger
            CHECK(current_name() == "plain code");
        }
        REQUIRE(running.done());
        CHECK(foreign_saw == "none");
    }

    TEST_CASE("children inherit the context where they are awaited or started, not where they were made") {
        orm::event_loop loop;
        std::string log;
        auto child = [&](std::string name) -> orm::task<> {
            log += name + " " + current_name() + ";";
            co_await orm::sleep_for(0ms, loop);
            log += name + " " + current_name() + ";";
        };
        auto parent = [&]() -> orm::task<> {
            auto made_outside = child("awaited");
            const orm::context_scope inner(context_named("inner"));
            co_await std::move(made_outside);
            co_await orm::start(child("started"), loop);
            co_await orm::when_all(child("joined"), orm::sleep_for(0ms, loop));
        };
        const auto started = start_as("outer", parent, loop);
        loop.run(started);
        CHECK(log == "awaited inner;awaited inner;started inner;started inner;joined inner;joined inner;");
    }

    TEST_CASE("a scope of a child ends with it") {
        orm::event_loop loop;
        auto child = [&]() -> orm::task<> {
            const orm::context_scope own(context_named("child"));
            co_await orm::sleep_for(0ms, loop);
            CHECK(current_name() == "child");
        };
        auto failing = [&]() -> orm::task<> {
            const orm::context_scope own(context_named("failing"));
            co_await orm::sleep_for(0ms, loop);
            throw std::runtime_error("broken");
        };
        auto parent = [&]() -> orm::task<> {
            co_await child();
            CHECK(current_name() == "parent");
            CHECK_THROWS(co_await failing());
            CHECK(current_name() == "parent");
        };
        loop.run(start_as("parent", parent, loop));
        CHECK(current_name() == "none");
    }

    TEST_CASE("a scope stays open across suspensions and is seen by nobody else") {
        orm::event_loop loop;
        std::string log;
        auto one = [&]() -> orm::task<> {
            const orm::context_scope scope(context_named("one"));
            for (int i = 0; i < 3; ++i) {
                co_await orm::sleep_for(0ms, loop);
                log += current_name() + ";";
            }
        };
        auto other = [&]() -> orm::task<> {
            for (int i = 0; i < 3; ++i) {
                co_await orm::sleep_for(0ms, loop);
                CHECK(current_name() == "none");
            }
        };
        loop.run(orm::when_all(one(), other()));
        CHECK(log == "one;one;one;");
    }

    TEST_CASE(
        "a coroutine that is destroyed runs its destructors in its own context and leaves none behind") {
        orm::event_loop loop;
        inline_event never;
        std::string seen;
        struct watcher {
            std::string& to;
            ~watcher() { to += current_name() + ";"; }
        };
        auto body = [&]() -> orm::task<> {
            const orm::context_scope scope(context_named("inner"));
            const watcher watch{seen};
            co_await never;
        };
        auto parent = [&]() -> orm::task<> { co_await body(); };
        auto destroyer = [&]() -> orm::task<> {
            {
                auto stranger = [&]() -> foreign { co_await parent(); };
                const foreign gone = stranger();
                CHECK(current_name() == "destroyer");
            }
            CHECK(current_name() == "destroyer");
            co_return;
        };
        loop.run(start_as("destroyer", destroyer, loop));
        CHECK(seen == "inner;");

        const auto started = start_as("outer", parent, loop);
        started.cancel();
        turn(loop);
        CHECK(seen == "inner;inner;");
        CHECK(current_name() == "none");
    }

    TEST_CASE("no context outlives the tasks that carry it") {
        orm::event_loop loop;
        struct counted_context final : orm::context {
            explicit counted_context(int& n) : count(n) { ++count; }
            ~counted_context() override { --count; }
            int& count;
        };
        int alive = 0;
        auto body = [&]() -> orm::task<> { co_await orm::sleep_for(0ms, loop); };
        orm::lazy<void> started = orm::make_ready_lazy<void>(loop);
        {
            const orm::context_scope scope{
                orm::intrusive_ptr<orm::context>(orm::make_intrusive<counted_context>(alive))};
            started = orm::start(body(), loop);
        }
        CHECK(alive == 1);
        loop.run(started);
        CHECK(alive == 0);
    }
}
