#include "by_hand.hpp"

#include <asynchrormous/runtime/timer.hpp>

#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

using namespace std::chrono_literals;
using namespace orm_test;

TEST_SUITE("event_loop") {
    TEST_CASE("the first loop of a thread is its current one, and without any it gets its own") {
        std::thread([] {
            orm::event_loop first;
            const orm::event_loop second;
            CHECK(&orm::event_loop::current() == &first);
        }).join();
        std::thread([] {
            orm::event_loop& own = orm::event_loop::current();
            CHECK(&orm::event_loop::current() == &own);
            CHECK_FALSE(own.borrowed());
        }).join();
    }

    TEST_CASE("posted work runs on the loop's thread, in order, inside the loop") {
        orm::event_loop loop;
        std::vector<int> order;
        const manual<void> done(loop);
        const auto here = std::this_thread::get_id();
        std::thread([&] {
            loop.post([&] { order.push_back(std::this_thread::get_id() == here ? 1 : -1); });
            loop.post([&] { order.push_back(loop.inside() ? 2 : -2); });
            loop.post([&] { done.succeed(); });
        }).join();
        CHECK(order.empty());
        loop.run(done.lazy());
        CHECK(order == std::vector{1, 2});
        CHECK_FALSE(loop.inside());
    }

    TEST_CASE("another thread wakes a loop that sleeps") {
        orm::event_loop loop;
        const manual<int> answer(loop);
        std::thread other([&] { loop.post([&] { answer.succeed(42); }); });
        CHECK(answer.lazy().get() == 42);
        other.join();
    }

    TEST_CASE("what is deferred in a callback runs at its end, still inside the loop") {
        orm::event_loop loop;
        std::string log;
        later second([&] { log += loop.inside() ? "deferred inside;" : "deferred outside;"; });
        loop.post([&] {
            loop.defer(second);
            CHECK_FALSE(loop.defer(second));
            log += "callback;";
        });
        loop.post([&] { log += "next callback;"; });
        turn(loop);
        CHECK(log == "callback;next callback;deferred inside;");
    }

    TEST_CASE("what is deferred outside runs when the loop is pumped next, before it sleeps") {
        orm::event_loop loop;
        const manual<void> reached(loop);
        later node([&] { reached.succeed(); });
        loop.defer(node);
        CHECK_FALSE(reached.state->ready());
        reached.lazy().wait();  // would sleep for ever otherwise
    }

    TEST_CASE("a deferred node can be forgotten from any place of the queue") {
        orm::event_loop loop;
        std::string log;
        later a([&] { log += 'a'; });
        later b([&] { log += 'b'; });
        later c([&] { log += 'c'; });
        later d([&] { log += 'd'; });
        for (later* each : {&a, &b, &c}) loop.defer(*each);
        loop.forget(b);
        loop.forget(c);
        loop.forget(d);
        loop.defer(d);
        turn(loop);
        CHECK(log == "ad");
    }

    TEST_CASE("deferred work may defer more, which runs in the same tick") {
        orm::event_loop loop;
        std::string log;
        later inner([&] { log += "inner;"; });
        later outer([&] {
            loop.defer(inner);
            log += "outer;";
        });
        loop.defer(outer);
        turn(loop);
        CHECK(log == "outer;inner;");
    }

    TEST_CASE("callbacks run with an empty context, whatever is current where the loop is pumped") {
        orm::event_loop loop;
        std::string posted;
        std::string deferred;
        later node([&] { deferred = current_name(); });
        {
            const orm::context_scope mine(context_named("mine"));
            loop.defer(node);
            loop.post([&] { posted = current_name(); });
            turn(loop);
            CHECK(current_name() == "mine");
        }
        CHECK(posted == "none");
        CHECK(deferred == "none");
        CHECK(current_name() == "none");
    }

    TEST_CASE("run_until gives up at its deadline, and has served the loop until then") {
        orm::event_loop loop;
        const manual<void> never(loop);
        bool served = false;
        loop.post([&] { served = true; });
        CHECK_FALSE(loop.run_until(*never.state, orm::event_loop::clock::now()));
        CHECK(served);
        CHECK_FALSE(loop.run_until(*never.state, orm::event_loop::clock::now() + 2ms));
        never.succeed();
        CHECK(loop.run_until(*never.state, orm::event_loop::clock::now()));
    }

    TEST_CASE("waiting for a timer that is overdue when the wait begins does not sleep on") {
        orm::event_loop loop;
        const manual<void> rung(loop);
        orm::timer timer(loop);
        timer.start(1ms, [&] { rung.succeed(); });
        std::this_thread::sleep_for(3ms);
        rung.lazy().wait();
        CHECK(rung.state->ready());
    }
}
