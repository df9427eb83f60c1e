#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/sleep.hpp>
#include <asynchrormous/runtime/timer.hpp>

#include <string>

namespace orm::inline v0 {

namespace {

// libuv counts whole milliseconds, and the one that has begun already: one more, never to be early.
std::chrono::milliseconds at_least(std::chrono::nanoseconds time) {
    return std::chrono::ceil<std::chrono::milliseconds>(time) + std::chrono::milliseconds(1);
}

class sleeping final : public lazy_state<void> {
public:
    sleeping(event_loop& loop, std::chrono::nanoseconds time) : lazy_state<void>(loop), timer_(loop) {
        timer_.start(at_least(time), [this] { succeed(); });
    }

private:
    void on_cancel() noexcept override { timer_.stop(); }

    timer timer_;
};

// Lives until the operation is ready, whichever way.
class deadline final : private waiter {
public:
    deadline(intrusive_ptr<operation_state> what, std::chrono::nanoseconds after)
        : what_(std::move(what)), timer_(what_->loop()) {
        what_->add_waiter(*this);
        timer_.start(at_least(after), [this, after] { expire(after); });
    }
    ~deadline() = default;

private:
    void expire(std::chrono::nanoseconds after) {
        const auto waited = std::chrono::duration_cast<std::chrono::milliseconds>(after).count();
        what_->cancel(std::make_exception_ptr(
            timeout_error("the operation was not done within " + std::to_string(waited) + " ms")));
    }
    void wake() noexcept override { delete this; }

    intrusive_ptr<operation_state> what_;
    timer timer_;
};

}  // namespace

lazy<void> sleep_for(std::chrono::nanoseconds time, event_loop& loop) {
    return lazy<void>(intrusive_ptr<lazy_state<void>>(make_intrusive<sleeping>(loop, time)));
}

namespace runtime_detail {

void set_deadline(intrusive_ptr<operation_state> what, std::chrono::nanoseconds after) {
    if (!what->ready()) new deadline(std::move(what), after);
}

}  // namespace runtime_detail

}  // namespace orm::inline v0
