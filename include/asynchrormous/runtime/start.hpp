// start(task) runs a task on its own, with the context of the caller, and gives a lazy of its result.
// It is owned by nobody: dropping the lazy lets it go on, cancelling the lazy destroys the coroutine where it
// waits, at the end of the tick. Threads: that of its loop.
#pragma once

#include <asynchrormous/runtime/coroutine_support.hpp>
#include <asynchrormous/runtime/task.hpp>

#if ORM_HAS_COROUTINES

#include <asynchrormous/runtime/lazy.hpp>

#include <coroutine>
#include <exception>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

namespace runtime_detail {

template <class T>
class started_task final : public lazy_state<T> {
public:
    explicit started_task(event_loop& loop) : lazy_state<T>(loop), ending_(*this) {}

    void run(task<T> what) {
        frame_ = drive(*this, std::move(what)).frame;
        frame_.promise().inherit(current_context());
        const tick scope(this->loop());
        frame_.resume();
    }

private:
    struct promise;
    struct driver {
        using promise_type = promise;
        std::coroutine_handle<promise> frame;
    };
    // Told last: whoever waits for an operation of the loop was resumed with loop_closed before.
    struct promise : promise_base, shutdown_listener {
        promise(started_task& of, const task<T>&)
            : shutdown_listener(of.loop(), shutdown_phase::last), self(&of) {}
        driver get_return_object() { return {std::coroutine_handle<promise>::from_promise(*this)}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept {}
        void on_loop_shutdown() noexcept override { self->end_later(); }

        intrusive_ptr<started_task> self;
    };

    static driver drive(started_task& self, task<T> what) {
        try {
            if constexpr (std::is_void_v<T>) {
                co_await std::move(what);
                self.end_later();
                self.succeed();
            } else {
                self.end_with(co_await std::move(what));
            }
        } catch (...) {
            self.end_later();
            self.fail(std::current_exception());
        }
    }

    // Queued before the waiters are: those find the frame and its reference gone, and may take the value.
    template <class U>
    void end_with(U&& value) {
        end_later();
        this->succeed(std::forward<U>(value));
    }
    void end_later() noexcept { this->loop().defer(ending_); }
    void on_cancel() noexcept override { end_later(); }

    // Never from inside the coroutine, which may be the one that cancels.
    struct ending final : deferred {
        explicit ending(started_task& of) : self(of) {}
        void run_deferred() noexcept override {
            if (self.frame_) destroy_frame(std::exchange(self.frame_, nullptr));
        }
        started_task& self;
    };

    ending ending_;
    std::coroutine_handle<promise> frame_{};
};

}  // namespace runtime_detail

// Runs to the first suspension before this returns. Throws: loop_closed; errors of the task go to the lazy.
template <class T>
lazy<T> start(task<T> what, event_loop& loop = event_loop::current()) {
    auto started = make_intrusive<runtime_detail::started_task<T>>(loop);
    started->run(std::move(what));
    return lazy<T>(intrusive_ptr<lazy_state<T>>(std::move(started)));
}

template <class T>
lazy<T> as_lazy(event_loop& loop, task<T> what) {
    return start(std::move(what), loop);
}

}  // namespace orm::inline v0

#endif
