#include "loop_internals.hpp"

#include <asynchrormous/runtime/timer.hpp>

#include <algorithm>
#include <utility>

namespace orm::inline v0 {

struct timer::handle : uv_timer_t {
    event_loop* loop = nullptr;
    callback<> fired{};
};

timer::timer(event_loop& loop) : handle_(new handle) {
    handle_->loop = &loop;
    uv_timer_init(uv_of(loop), handle_);
}

timer::~timer() { close_and_delete(handle_); }

void timer::start(std::chrono::milliseconds after, callback<> fired) {
    handle_->fired = std::move(fired);
    uv_update_time(handle_->uv_timer_t::loop);
    const auto delay = static_cast<std::uint64_t>(std::max<std::int64_t>(after.count(), 0));
    uv_timer_start(
        handle_,
        [](uv_timer_t* raw) {
            auto& self = *static_cast<handle*>(raw);
            const tick scope(*self.loop);
            callback<> fire = std::move(self.fired);
            fire();
        },
        delay, 0);
}

void timer::stop() noexcept { uv_timer_stop(handle_); }

bool timer::running() const noexcept { return uv_is_active(reinterpret_cast<uv_handle_t*>(handle_)) != 0; }

}  // namespace orm::inline v0
