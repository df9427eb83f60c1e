// Tasks that are given up, or whose results nobody wants: what goes, what goes on, and who hears of errors.
#include "coroutines.hpp"

#include <asynchrormous/runtime/sleep.hpp>
#include <asynchrormous/runtime/stop.hpp>
#include <asynchrormous/runtime/when_all.hpp>

#include <doctest/doctest.h>

#include <memory>
#include <optional>

namespace orm::testing {

namespace {

using namespace std::chrono_literals;

task<> hold(gate& at, death_note = death_note()) { co_await at; }

task<int> fails(const char* why) {
    throw error(why);
    co_return 0;
}

}  // namespace

TEST_SUITE("abandoned tasks") {
    TEST_CASE("a task that cancels itself and returns has no result but the cancellation") {
        event_loop loop;
        gate at;
        std::optional<lazy<int>> self;
        const auto body = [&]() -> task<int> {
            co_await at;
            self->cancel();
            co_return 1;
        };
        self = start(body());
        at.open();
        CHECK_THROWS_AS(static_cast<void>(self->get()), operation_cancelled);
    }

    TEST_CASE("two tasks may cancel each other in one tick") {
        event_loop loop;
        const promised<void> go(loop);
        std::optional<lazy<void>> one;
        std::optional<lazy<void>> other;
        bool first_gone = false;
        bool second_gone = false;
        const auto body = [](lazy<void> when, std::optional<lazy<void>>& victim, death_note) -> task<> {
            co_await when;
            victim->cancel();
            co_await sleep_for(1h);
        };
        one = start(body(go.get(), other, death_note(first_gone)));
        other = start(body(go.get(), one, death_note(second_gone)));
        go.state->succeed();
        pump(loop);
        CHECK_THROWS_AS(one->get(), operation_cancelled);
        CHECK_THROWS_AS(other->get(), operation_cancelled);
        CHECK(first_gone);
        CHECK(second_gone);
    }

    TEST_CASE("one who waits for a task that is cancelled is told, and its own children go with a parent") {
        event_loop loop;
        gate at;
        bool gone = false;
        const lazy<void> child = start(hold(at, death_note(gone)));
        const auto waiting = [](lazy<void> on) -> task<std::string> {
            try {
                co_await on;
            } catch (const operation_cancelled&) {
                co_return "told";
            }
            co_return "done";
        };
        auto told = start(waiting(child));
        child.cancel();
        CHECK(told.get() == "told");
        CHECK(gone);
    }

    TEST_CASE("a lazy that a destroyed coroutine waited for goes on") {
        event_loop loop;
        gate at;
        bool gone = false;
        const lazy<void> child = start(hold(at, death_note(gone)));
        const auto waiting = [](lazy<void> on) -> task<> { co_await on; };
        const auto given_up = start(waiting(child));
        given_up.cancel();
        pump(loop);
        CHECK_FALSE(gone);
        at.open();
        CHECK(child.ready());
        child.get();
    }

    TEST_CASE("when_all: errors behind the first one go to the hook, cancelled children do not") {
        const unobserved_errors hook;
        event_loop loop;
        gate at;
        CHECK_THROWS_WITH(static_cast<void>(loop.run(when_all(fails("first"), fails("second")))), "first");
        pump(loop);
        CHECK(unobserved_errors::messages == std::vector<std::string>{"second"});
        const auto waiting = start(when_all(hold(at), hold(at)));
        waiting.cancel();
        pump(loop);
        CHECK(unobserved_errors::messages.size() == 1);
    }

    TEST_CASE("when_all of one that is given up while another has failed reports that") {
        const unobserved_errors hook;
        event_loop loop;
        gate at;
        {
            const auto waiting = start(when_all(fails("early"), hold(at)));
            waiting.cancel();
        }
        pump(loop);
        CHECK(unobserved_errors::messages == std::vector<std::string>{"early"});
    }

    TEST_CASE("nothing of a task is left when it starts others while it is destroyed") {
        event_loop loop;
        gate at;
        bool gone = false;
        struct starter {
            gate& where;
            bool& note;
            ~starter() { static_cast<void>(start(hold(where, death_note(note)))); }
        };
        const auto body = [&]() -> task<> {
            const starter last{at, gone};
            co_await at;
        };
        const auto given_up = start(body());
        given_up.cancel();
        pump(loop);
        at.waiting.erase(at.waiting.begin());  // of the one that was destroyed
        CHECK_FALSE(gone);
        at.open();
        pump(loop);
        CHECK(gone);
    }

    TEST_CASE("cancelled when it is done already, its result stays") {
        event_loop loop;
        const auto quick = []() -> task<std::unique_ptr<int>> { co_return std::make_unique<int>(1); };
        auto done = start(quick());
        done.cancel();
        CHECK(*std::move(done).get() == 1);
    }

    TEST_CASE("a million awaits of tasks that are done at once need no stack") {
        event_loop loop;
        const auto one = []() -> task<int> { co_return 1; };
        const auto counting = [&]() -> task<int> {
            int sum = 0;
            while (sum < 1'000'000) sum += co_await one();
            co_return sum;
        };
        CHECK(loop.run(counting()) == 1'000'000);
    }

    TEST_CASE("nor do a hundred thousand awaits that come back at once in each other way") {
        event_loop loop;
        const auto counting = [&]() -> task<> {
            const lazy<int> there = make_ready_lazy<int>(loop, 1);
            for (int i = 0; i < 100'000; ++i) {
                co_await passing{[] {}};
                co_await there;
                co_await std::suspend_never();
            }
        };
        loop.run(counting());
    }
}

}  // namespace orm::testing
