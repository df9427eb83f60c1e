// Coroutines and awaitables of another library, as far as the tests of ours need them.
#pragma once

#include "support.hpp"

#include <asynchrormous/runtime/task.hpp>

#include <coroutine>
#include <vector>

namespace orm::testing {

// Starts at once, owns its frame, knows nothing of contexts.
class foreign {
public:
    struct promise_type {
        foreign get_return_object() {
            return foreign(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { failure = std::current_exception(); }
        std::exception_ptr failure{};
    };
    foreign(foreign&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    foreign& operator=(foreign&&) = delete;
    ~foreign() {
        if (frame_) frame_.destroy();
    }
    bool done() const { return frame_.done(); }
    void rethrow() const {
        if (frame_.promise().failure) std::rethrow_exception(frame_.promise().failure);
    }

private:
    explicit foreign(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
    std::coroutine_handle<promise_type> frame_;
};

// Keeps who waits until somebody else resumes them.
struct gate {
    struct awaiter {
        gate& at;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<> who) const { at.waiting.push_back(who); }
        void await_resume() const noexcept {}
    };
    awaiter operator co_await() { return {*this}; }
    void open() {
        for (const std::coroutine_handle<> who : std::exchange(waiting, {})) who.resume();
    }

    std::vector<std::coroutine_handle<>> waiting{};
};

// Calls `inside` while it suspends, and comes back at once: await_suspend gives false.
template <class F>
struct passing {
    F inside;
    bool await_ready() const noexcept { return false; }
    bool await_suspend(std::coroutine_handle<>) { return inside(), false; }
    void await_resume() const noexcept {}
};
template <class F>
passing(F) -> passing<F>;

}  // namespace orm::testing
