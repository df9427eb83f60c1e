#include "loop_internals.hpp"

#include <asynchrormous/runtime/timer.hpp>

#include <algorithm>
#include <utility>

namespace orm::inline v0 {

// Ends with its timer or with the loop, whichever comes first.
struct timer::handle final : uv_timer_t, shutdown_listener {
    handle(event_loop& of, timer& by) : shutdown_listener(of), home(of), owner(&by) {
        uv_timer_init(uv_of(of), this);
    }
    void close() noexcept {
        owner = nullptr;
        const callback<> dropped = std::move(fired);  // what it holds goes now, not with the handle
        close_and_delete<uv_timer_t>(this);
    }
    void on_loop_shutdown() noexcept override {
        if (!owner) return;
        owner->handle_ = nullptr;
        close();
    }

    event_loop& home;
    timer* owner;  // null: closing
    callback<> fired{};
};

timer::timer(event_loop& loop) : handle_(new handle(loop, *this)) {}

timer::~timer() {
    if (handle_) handle_->close();
}

void timer::start(std::chrono::milliseconds after, callback<> fired) {
    if (!handle_) return;
    handle_->fired = std::move(fired);
    uv_update_time(uv_of(handle_->home));
    const auto delay = static_cast<std::uint64_t>(std::max<std::int64_t>(after.count(), 0));
    uv_timer_start(
        handle_,
        [](uv_timer_t* raw) noexcept {
            auto& self = *static_cast<handle*>(raw);
            const tick scope(self.home);
            callback<> fire = std::move(self.fired);
            fire();
        },
        delay, 0);
}

void timer::stop() noexcept {
    if (!handle_) return;
    uv_timer_stop(handle_);
    const callback<> dropped = std::move(handle_->fired);
}

bool timer::running() const noexcept {
    return handle_ && uv_is_active(reinterpret_cast<uv_handle_t*>(static_cast<uv_timer_t*>(handle_))) != 0;
}

}  // namespace orm::inline v0
