// Design: a context follows its coroutine, is never lost and never reaches a stranger.
#include "context_tasks.hpp"

#include <asynchrormous/runtime/timer.hpp>
#include <asynchrormous/runtime/when_all.hpp>

#include <doctest/doctest.h>

#include <thread>

namespace orm::testing {

namespace {

// Awaits something once and tells the context before, after, and in the midst of it.
template <class Awaitable>
task<std::string> around(Awaitable& what) {
    std::string seen = who();
    co_await what;
    co_return seen + who();
}

}  // namespace

TEST_SUITE("a context follows its coroutine") {
    TEST_CASE("across a suspension that another coroutine ends") {
        event_loop loop;
        gate at;
        std::vector<std::string> seen;
        auto first = start_in("a", wait_at(at, seen));
        auto second = start_in("b", wait_at(at, seen));
        CHECK(who() == "-");
        const auto opening = [](gate& it) -> task<std::string> {
            it.open();
            co_return who();
        };
        CHECK(start_in("c", opening(at)).get() == "c");
        CHECK(seen == std::vector<std::string>{"a", "b", "a", "b"});
        CHECK(who() == "-");
        first.get();
        second.get();
    }

    TEST_CASE("where await_suspend gives false, gives another coroutine, or resumes it before it returns") {
        event_loop loop;
        passing back{[] {}};
        CHECK(start_in("a", around(back)).get() == "aa");

        struct inline_resumption {
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<> it) const { it.resume(); }
            void await_resume() const noexcept {}
        } at_once;
        CHECK(start_in("a", around(at_once)).get() == "aa");

        struct transfer {
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<> it) const { return it; }
            void await_resume() const noexcept {}
        } itself;
        CHECK(start_in("a", around(itself)).get() == "aa");
        CHECK(who() == "-");
    }

    TEST_CASE("a coroutine that await_suspend transfers to does not get it") {
        event_loop loop;
        gate strangers;
        std::string stranger;
        const auto listening = [](gate& at, std::string& seen) -> foreign {
            co_await at;
            seen = who();
        };
        const foreign other = listening(strangers, stranger);
        struct transfer {
            gate& to;
            gate& home;
            bool await_ready() const noexcept { return false; }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<> it) const {
                home.waiting.push_back(it);
                return to.waiting.front();
            }
            void await_resume() const noexcept {}
        };
        gate home;
        transfer away{strangers, home};
        auto result = start_in("a", around(away));
        CHECK(stranger == "-");
        CHECK(other.done());
        home.open();
        CHECK(result.get() == "aa");
    }

    TEST_CASE("what its awaitables do while it suspends is done in it, whoever resumed the coroutine") {
        event_loop loop;
        gate at;
        std::string seen;
        const auto asking = [](gate& first, std::string& in) -> task<> {
            co_await first;
            co_await passing{[&] { in = who(); }};
        };
        auto asked = start_in("a", asking(at, seen));
        const auto opening = [](gate& it) -> task<> {
            it.open();
            co_return;
        };
        start_in("b", opening(at)).get();
        CHECK(seen == "a");
    }

    TEST_CASE("a task that an awaitable awaits for it, with its type erased, is its child") {
        event_loop loop;
        gate at;
        struct erased {
            decltype(std::declval<task<std::string>>().operator co_await()) inner;
            bool await_ready() { return inner.await_ready(); }
            std::coroutine_handle<> await_suspend(std::coroutine_handle<> it) {
                return inner.await_suspend(it);
            }
            std::string await_resume() { return inner.await_resume(); }
        };
        const auto child = []() -> task<std::string> { co_return who(); };
        const auto parent = [](gate& first, task<std::string> what) -> task<std::string> {
            co_await first;
            co_return co_await erased{std::move(what).operator co_await()};
        };
        auto result = start_in("a", parent(at, child()));
        const auto opening = [](gate& it) -> task<std::string> {
            it.open();
            co_return who();
        };
        CHECK(start_in("b", opening(at)).get() == "b");
        CHECK(result.get() == "a");
    }

    TEST_CASE("an awaitable that throws leaves it in place, wherever it throws") {
        event_loop loop;
        struct throws_in_suspend {
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<>) const { throw error("no"); }
            void await_resume() const noexcept {}
        };
        struct throws_in_resume {
            gate& at;
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<> it) const { at.waiting.push_back(it); }
            void await_resume() const { throw error("no"); }
        };
        const auto trying = [](auto what) -> task<std::string> {
            std::string seen;
            try {
                co_await what;
            } catch (const error&) {
                seen = who();
            }
            co_return seen + who();
        };
        gate at;
        CHECK(start_in("a", trying(throws_in_suspend())).get() == "aa");
        auto later = start_in("b", trying(throws_in_resume{at}));
        at.open();
        CHECK(later.get() == "bb");
        CHECK(who() == "-");
    }

    TEST_CASE("when a plain timer or a post from another thread resumes the coroutine") {
        event_loop loop;
        struct by_timer {
            timer& clock;
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<> it) const {
                clock.start(std::chrono::milliseconds(0), [it] {
                    CHECK(who() == "-");
                    it.resume();
                    CHECK(who() == "-");
                });
            }
            void await_resume() const noexcept {}
        };
        timer clock(loop);
        by_timer timed{clock};
        CHECK(start_in("a", around(timed)).get() == "aa");

        struct by_thread {
            event_loop& loop;
            std::jthread other{};
            bool await_ready() const noexcept { return false; }
            void await_suspend(std::coroutine_handle<> it) {
                other = std::jthread([&home = loop, it] { home.post([it] { it.resume(); }); });
            }
            void await_resume() const noexcept {}
        };
        by_thread posted{loop};
        CHECK(start_in("b", around(posted)).get() == "bb");
    }

    TEST_CASE("on whatever thread it is resumed, and that thread gets its own back") {
        event_loop loop;
        gate at;
        std::vector<std::string> seen;
        auto result = start_in("a", wait_at(at, seen));
        std::jthread([&] {
            const context_scope own(make_context("thread"));
            at.open();
            seen.push_back(who());
        }).join();
        CHECK(seen == std::vector<std::string>{"a", "a", "thread"});
        result.get();
    }

    TEST_CASE("with lvalue, rvalue and immovable awaiters, and a free operator co_await") {
        event_loop loop;
        const auto each = [](event_loop& home) -> task<std::string> {
            struct immovable {
                event_loop& loop;
                immovable(event_loop& at) : loop(at) {}
                immovable(const immovable&) = delete;
                bool await_ready() const noexcept { return false; }
                void await_suspend(std::coroutine_handle<> it) const {
                    loop.post([it] { it.resume(); });
                }
                std::string await_resume() const { return who(); }
            };
            immovable named(home);
            std::string seen = co_await named;
            seen += co_await immovable(home);
            struct converts {
                event_loop& loop;
                immovable operator co_await() const { return {loop}; }
            };
            seen += co_await converts{home};
            co_return seen;
        };
        CHECK(start_in("a", each(loop)).get() == "aaa");
    }

    TEST_CASE("a child has that of the place where it is awaited, not where it was made") {
        event_loop loop;
        const auto child = [](gate& at) -> task<std::string> {
            std::string seen = who();
            co_await at;
            co_return seen + who();
        };
        gate at;
        task<std::string> made = [&] {
            const context_scope elsewhere(make_context("made"));
            return child(at);
        }();
        const auto parent = [](task<std::string> what) -> task<std::string> {
            const std::string seen = co_await std::move(what);
            co_return seen + who();
        };
        auto result = start_in("p", parent(std::move(made)));
        at.open();
        CHECK(result.get() == "ppp");
    }

    TEST_CASE("start and when_all give it to what they start") {
        event_loop loop;
        gate at;
        const auto child = [](gate& it) -> task<std::string> {
            co_await it;
            co_return who();
        };
        const auto parent = [&](gate& it) -> task<std::string> {
            lazy<std::string> started = start(child(it));
            const auto [one, two] = co_await when_all(child(it), child(it));
            const std::string three = co_await started;
            co_return one + two + three + who();
        };
        auto result = start_in("p", parent(at));
        CHECK(who() == "-");
        at.open();
        CHECK(result.get() == "pppp");
    }

    TEST_CASE("a scope inside a task stays open across suspensions and does not leave the task") {
        event_loop loop;
        gate at;
        const auto scoped = [](gate& it) -> task<std::string> {
            std::string seen = who();
            {
                const context_scope inner(make_context("i"));
                co_await it;
                seen += who();
                co_await it;
                seen += who();
            }
            seen += who();
            co_await it;
            co_return seen + who();
        };
        auto result = start_in("o", scoped(at));
        for (int i = 0; i < 3; ++i) {
            CHECK(who() == "-");
            at.open();
        }
        CHECK(result.get() == "oiioo");
        CHECK(named_context::alive == 0);
    }

    TEST_CASE("an exception through nested tasks finds each one's own") {
        event_loop loop;
        gate at;
        const auto inner = [](gate& it) -> task<> {
            const context_scope deeper(make_context("i"));
            co_await it;
            throw error(who());
        };
        const auto outer = [&](gate& it) -> task<std::string> {
            std::string seen;
            try {
                co_await inner(it);
            } catch (const error& why) {
                seen = why.what() + who();
            }
            co_return seen;
        };
        auto result = start_in("o", outer(at));
        at.open();
        CHECK(result.get() == "io");
        CHECK(who() == "-");
    }
}

}  // namespace orm::testing
