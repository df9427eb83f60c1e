// Design: a context lives as long as the tasks that run in it, not as long as whoever keeps their lazies.
#include "context_tasks.hpp"

#include <doctest/doctest.h>

namespace orm::testing {

TEST_SUITE("a context is let go") {
    TEST_CASE("when its tasks are done, whoever keeps their lazies") {
        event_loop loop;
        gate at;
        std::vector<std::string> seen;
        const auto first = start_in("a", wait_at(at, seen));
        const auto second = start_in("b", wait_at(at, seen));
        CHECK(named_context::alive == 2);
        at.open();
        first.get();
        second.get();
        pump(loop);
        CHECK(named_context::alive == 0);
    }

    TEST_CASE("when its task is cancelled where it waits, with the scopes that were open in it") {
        event_loop loop;
        gate at;
        std::string at_the_end;
        struct teller {
            std::string& to;
            ~teller() { to += who(); }
        };
        const auto scoped = [](gate& it, std::string& end) -> task<> {
            const teller outer{end};
            const context_scope inner(make_context("i"));
            const teller middle{end};
            co_await it;
        };
        auto result = start_in("o", scoped(at, at_the_end));
        CHECK(named_context::alive == 2);
        result.cancel();
        const context_scope mine(make_context("m"));
        pump(loop);
        CHECK(who() == "m");
        CHECK(at_the_end == "io");
        CHECK(named_context::alive == 1);
    }

    TEST_CASE("when another task destroys the coroutine, which does not see that task's") {
        event_loop loop;
        gate at;
        std::string end;
        struct teller {
            std::string& to;
            ~teller() { to += who(); }
        };
        const auto child = [](gate& it, std::string& told) -> task<> {
            const teller tells{told};
            co_await it;
        };
        const auto holding = [](gate& it, lazy<void> other, std::string& told) -> task<> {
            co_await it;
            other.cancel();
            co_await it;
            told += who();
        };
        gate mine;
        auto victim = start_in("v", child(at, end));
        auto result = start_in("h", holding(mine, victim, end));
        mine.open();
        pump(loop);
        mine.open();
        result.get();
        CHECK(end == "vh");
        pump(loop);
        CHECK(named_context::alive == 0);
    }

    TEST_CASE("by a task that never started") {
        event_loop loop;
        gate at;
        std::vector<std::string> seen;
        {
            const context_scope scope(make_context("a"));
            const task<> never = wait_at(at, seen);
        }
        CHECK(seen.empty());
        CHECK(named_context::alive == 0);
    }
}

}  // namespace orm::testing
