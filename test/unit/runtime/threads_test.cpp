// What other threads may do with a loop, and several loops beside each other.
#include "support.hpp"

#include <asynchrormous/runtime/sleep.hpp>
#include <asynchrormous/runtime/socket_watcher.hpp>
#include <asynchrormous/runtime/stop.hpp>
#include <asynchrormous/runtime/worker.hpp>

#include <doctest/doctest.h>

#include <sys/resource.h>
#include <unistd.h>

#include <atomic>
#include <memory>
#include <optional>
#include <thread>

namespace orm::testing {

namespace {

using namespace std::chrono_literals;

int lowest_free_descriptor() {
    const int found = dup(0);
    close(found);
    return found;
}

}  // namespace

TEST_SUITE("threads and loops") {
    TEST_CASE("what many threads post is run once each, on the loop's thread") {
        event_loop loop;
        constexpr int threads = 8;
        constexpr int each = 500;
        int run = 0;
        const promised<void> all(loop);
        {
            std::vector<std::jthread> posting;
            for (int i = 0; i < threads; ++i)
                posting.emplace_back([&] {
                    for (int n = 0; n < each; ++n)
                        loop.post([&] {
                            if (++run == threads * each) all.state->succeed();
                        });
                });
            all.get().wait();
        }
        CHECK(run == threads * each);
    }

    TEST_CASE("what is posted while the loop shuts down is run or dropped, and never leaks") {
        for (int round = 0; round < 20; ++round) {
            std::optional<event_loop> loop(std::in_place);
            std::atomic<int> alive = 0;
            struct held {
                explicit held(std::atomic<int>& n) : count(&n) { ++n; }
                held(held&& other) noexcept : count(std::exchange(other.count, nullptr)) {}
                held& operator=(held&&) = delete;
                ~held() {
                    if (count) --*count;
                }
                std::atomic<int>* count;
            };
            std::atomic<bool> going = true;
            std::jthread other([&] {
                while (going) loop->post([keep = held(alive)] {});
            });
            loop->shutdown();
            going = false;
            other.join();
            loop.reset();
            CHECK(alive == 0);
        }
    }

    TEST_CASE("each thread has its own current loop, and they run beside each other") {
        std::atomic<int> done = 0;
        std::vector<std::jthread> running;
        for (int i = 0; i < 4; ++i)
            running.emplace_back([&done, i] {
                if (i % 2 == 0) {
                    event_loop mine;
                    sleep_for(1ms).get();
                    if (&event_loop::current() == &mine) ++done;
                } else {
                    sleep_for(1ms).get();  // on the loop that the thread was given
                    ++done;
                }
            });
        running.clear();
        CHECK(done == 4);
    }

    TEST_CASE("the last reference to a result may be dropped on another thread") {
        event_loop loop;
        auto value = make_ready_lazy<std::string>(loop, "here");
        std::jthread([mine = std::move(value)] { CHECK(mine.get() == "here"); }).join();
    }

    TEST_CASE("a stop that is requested while the operation ends, or the loop, does no harm") {
        for (int round = 0; round < 20; ++round) {
            event_loop loop;
            std::stop_source source;
            const promised<int> answer(loop);
            const lazy<int> watched = with_stop(answer.get(), source.get_token());
            std::jthread other([&] { source.request_stop(); });
            if (round % 2 == 0) answer.state->succeed(1);
            loop.shutdown();
            CHECK(watched.ready());
        }
    }

    TEST_CASE("on a borrowed loop work on threads that is under way may outlive the event_loop") {
        application app;
        std::atomic<bool> worked = false;
        {
            event_loop loop(&app.loop);
            run_on_worker(
                loop,
                [&] {
                    std::this_thread::sleep_for(2ms);
                    worked = true;
                },
                [] { FAIL("the loop is gone"); });
            const promised<void> passed(loop);
            loop.post([&] { passed.state->succeed(); });
            loop.run(passed.get());
        }
        app.run();
        CHECK_FALSE(uv_loop_alive(&app.loop));
    }

    TEST_CASE("a loop that finds no descriptors is an error, whichever it misses") {
        rlimit usual{};
        getrlimit(RLIMIT_NOFILE, &usual);
        int refused = 0;
        bool made = false;
        for (rlim_t more = 0; !made && more < 30; ++more) {
            const rlimit few{static_cast<rlim_t>(lowest_free_descriptor()) + more, usual.rlim_max};
            setrlimit(RLIMIT_NOFILE, &few);
            try {
                const event_loop loop;
                made = true;
            } catch (const error&) {
                ++refused;
            }
            setrlimit(RLIMIT_NOFILE, &usual);
        }
        CHECK(refused > 0);
        CHECK(made);
    }

    TEST_CASE("a descriptor that is given to a loop that is shut down is closed") {
        event_loop loop;
        loop.shutdown();
        const int given = dup(0);
        CHECK_THROWS_AS((socket_watcher{loop, given, [](socket_events) {}}), loop_closed);
        CHECK(close(given) == -1);
    }
}

}  // namespace orm::testing
