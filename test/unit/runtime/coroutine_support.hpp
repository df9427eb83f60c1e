// Awaitables of strangers, for the tests of tasks: an event that resumes inline, a detached coroutine type
// that knows nothing of contexts, and one that is awaited in a stranger's way.
#pragma once

#include "by_hand.hpp"

#include <asynchrormous/runtime/task.hpp>

#include <coroutine>
#include <exception>
#include <utility>
#include <vector>

namespace orm_test {

// Resumes whoever waits right where it is set, as many libraries do.
class inline_event {
public:
    struct awaiter {
        inline_event& event;
        bool await_ready() const noexcept { return event.set_; }
        void await_suspend(std::coroutine_handle<> who) { event.waiting_.push_back(who); }
        void await_resume() const noexcept {}
    };
    awaiter operator co_await() noexcept { return {*this}; }

    void set() {
        set_ = true;
        for (const auto who : std::exchange(waiting_, {})) who.resume();
    }
    std::size_t waiting() const { return waiting_.size(); }

private:
    bool set_ = false;
    std::vector<std::coroutine_handle<>> waiting_{};
};

// The smallest foreign coroutine: runs at once, is owned by its handle, and has no await_transform.
class foreign {
public:
    struct promise_type {
        foreign get_return_object() {
            return foreign(std::coroutine_handle<promise_type>::from_promise(*this));
        }
        std::suspend_never initial_suspend() noexcept { return {}; }
        std::suspend_always final_suspend() noexcept { return {}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept { error = std::current_exception(); }
        std::exception_ptr error{};
    };

    foreign(foreign&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    ~foreign() {
        if (frame_) frame_.destroy();
    }

    bool done() const { return frame_.done(); }
    void rethrow() const {
        if (frame_.promise().error) std::rethrow_exception(frame_.promise().error);
    }

private:
    explicit foreign(std::coroutine_handle<promise_type> frame) : frame_(frame) {}
    std::coroutine_handle<promise_type> frame_;
};

}  // namespace orm_test
