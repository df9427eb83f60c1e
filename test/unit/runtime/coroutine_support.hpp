// Awaitables of strangers, for the tests of tasks: an event that resumes inline, a detached coroutine type
// that knows nothing of contexts, and one that is awaited in a stranger's way.
#pragma once

#include "by_hand.hpp"
#include "coroutines.hpp"

#include <asynchrormous/runtime/task.hpp>

#include <coroutine>
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

using orm::testing::foreign;  // the smallest foreign coroutine

}  // namespace orm_test
