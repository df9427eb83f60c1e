#include "by_hand.hpp"

#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/resolver.hpp>
#include <asynchrormous/runtime/socket_watcher.hpp>
#include <asynchrormous/runtime/worker.hpp>

#include <doctest/doctest.h>

#include <sys/socket.h>
#include <unistd.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

using namespace orm_test;

namespace {

struct socket_pair {
    socket_pair() { REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) == 0); }
    ~socket_pair() {
        ::close(ends[0]);
        ::close(ends[1]);
    }
    int duplicate() const { return ::dup(ends[0]); }
    void write(const char* text) const { REQUIRE(::send(ends[1], text, 1, 0) == 1); }
    int ends[2] = {-1, -1};
};

}  // namespace

TEST_SUITE("sockets, names and threads") {
    TEST_CASE("a watcher reports what it is armed for, inside the loop, again and again") {
        orm::event_loop loop;
        const socket_pair pair;
        std::vector<std::string> seen;
        manual<void> report(loop);
        orm::socket_watcher watcher(loop, pair.duplicate(), [&](orm::socket_events ready) {
            seen.push_back(std::string(ready.readable ? "r" : "") + (ready.writable ? "w" : "") +
                           (loop.inside() ? "" : " outside"));
            watcher.arm(false, false);
            report.succeed();
        });
        watcher.arm(true, true);
        report.lazy().wait();
        pair.write("x");
        report = manual<void>(loop);
        watcher.arm(true, false);
        report.lazy().wait();
        report = manual<void>(loop);
        watcher.arm(true, true);
        report.lazy().wait();
        CHECK(seen == std::vector<std::string>{"w", "r", "rw"});
    }

    TEST_CASE("interest may grow and shrink while a watcher is armed") {
        orm::event_loop loop;
        const socket_pair pair;
        manual<bool> writable(loop);
        orm::socket_watcher watcher(loop, pair.duplicate(), [&](orm::socket_events ready) {
            watcher.arm(true, false);
            writable.succeed(ready.writable);
        });
        watcher.arm(true, false);
        watcher.arm(true, true);
        CHECK(writable.lazy().get());
        writable = manual<bool>(loop);
        pair.write("x");
        CHECK_FALSE(writable.lazy().get());
    }

    TEST_CASE("a watcher may be destroyed by its own callback, and closes its descriptor") {
        orm::event_loop loop;
        const socket_pair pair;
        const int descriptor = pair.duplicate();
        const manual<void> reported(loop);
        std::unique_ptr<orm::socket_watcher> watcher;
        watcher = std::make_unique<orm::socket_watcher>(loop, descriptor,
                                                        [&, held = counted()](orm::socket_events) {
                                                            watcher = nullptr;
                                                            CHECK(counted::alive == 1);
                                                            reported.succeed();
                                                        });
        watcher->arm(true, false);
        pair.write("x");
        reported.lazy().wait();
        turn(loop);
        turn(loop);
        CHECK(counted::alive == 0);
        CHECK(::write(descriptor, "x", 1) == -1);
    }

    TEST_CASE("a watcher that is armed does not keep run() from ending, and may outlive the loop") {
        const socket_pair pair;
        std::unique_ptr<orm::socket_watcher> watcher;
        {
            orm::event_loop loop;
            watcher =
                std::make_unique<orm::socket_watcher>(loop, pair.duplicate(), [](orm::socket_events) {});
            watcher->arm(true, false);
            turn(loop);
        }
        watcher->arm(true, true);
    }

    TEST_CASE("a descriptor that cannot be watched is an error") {
        orm::event_loop loop;
        CHECK_THROWS_AS((orm::socket_watcher{loop, 1'000'000, [](orm::socket_events) {}}), orm::error);
    }

    TEST_CASE("numeric hosts resolve to themselves") {
        orm::event_loop loop;
        for (const std::string host : {"127.0.0.1", "::1"}) {
            const manual<std::vector<std::string>> found(loop);
            const orm::resolver lookup(loop, host, "5432",
                                       [&](std::vector<std::string> all, std::string why) {
                                           CHECK(why == "");
                                           CHECK(loop.inside());
                                           found.succeed(std::move(all));
                                       });
            CHECK(found.lazy() == std::vector{host});
        }
    }

    TEST_CASE("a name that cannot be resolved gives the reason") {
        orm::event_loop loop;
        const manual<std::string> failed(loop);
        const orm::resolver lookup(loop, "no such name", "5432",
                                   [&](std::vector<std::string> all, std::string why) {
                                       CHECK(all.empty());
                                       failed.succeed(std::move(why));
                                   });
        CHECK(failed.lazy() != "");
    }

    TEST_CASE("a resolution that was given up is not reported") {
        counted::alive = 0;
        orm::event_loop loop;
        {
            const orm::resolver lookup(
                loop, "127.0.0.1", "5432",
                [held = counted()](std::vector<std::string>, std::string) { FAIL("it was reported"); });
        }
        CHECK(counted::alive == 0);
        auto open = std::make_unique<orm::resolver>(loop, "127.0.0.1", "5432",
                                                    [](std::vector<std::string>, std::string) {});
        loop.shutdown();
        open = nullptr;
    }

    TEST_CASE("work runs on another thread, what follows on the loop's") {
        orm::event_loop loop;
        const auto here = std::this_thread::get_id();
        std::thread::id worked{};
        const manual<std::thread::id> finished(loop);
        orm::run_on_worker(
            loop, [&] { worked = std::this_thread::get_id(); },
            [&] { finished.succeed(std::this_thread::get_id()); });
        CHECK(bool(finished.lazy().get() == here));
        CHECK(bool(worked != here));
    }
}
