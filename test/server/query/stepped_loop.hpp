// A loop of the application's that a test moves on event by event, to stop what runs on it after each of
// them.
#pragma once

#include <asynchrormous/orm.hpp>

#include <uv.h>

#include <exception>
#include <optional>
#include <string>
#include <thread>

namespace test {

// One thread's loop, moved on event by event.
class stepped_loop {
public:
    explicit stepped_loop(const std::string& url) {
        uv_loop_init(&uv_);
        loop_.emplace(&uv_);
        auto connected = orm::connect(url, {.max_connections = 1});
        until_ready(connected);
        db_ = connected.get();
    }
    ~stepped_loop() {
        auto closed = db_->close();
        until_ready(closed);
        db_.reset();
        loop_->shutdown();
        loop_.reset();
        uv_run(&uv_, UV_RUN_DEFAULT);
        uv_loop_close(&uv_);
    }

    void step() { uv_run(&uv_, UV_RUN_ONCE); }
    template <class Lazy>
    void until_ready(const Lazy& what) {
        while (!what.ready()) step();
    }

private:
    uv_loop_t uv_{};
    std::optional<orm::event_loop> loop_{};
    std::optional<orm::database> db_{};
};

// The thread has no loop of its own but the stepped one.
template <class Work>
void on_another_thread(Work work) {
    std::exception_ptr failure;
    std::thread([&] {
        try {
            work();
        } catch (...) {
            failure = std::current_exception();
        }
    }).join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace test
