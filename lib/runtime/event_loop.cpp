#include "loop_internals.hpp"

#include <asynchrormous/runtime/operation_state.hpp>

#include <memory>
#include <utility>

namespace orm::inline v0 {

namespace {

thread_local event_loop* current_loop = nullptr;
thread_local bool own_loop_gone = false;

struct thread_loop {
    thread_loop() = default;
    thread_loop(const thread_loop&) = delete;
    thread_loop& operator=(const thread_loop&) = delete;
    ~thread_loop() { own_loop_gone = true; }
    event_loop loop{};
};

event_loop& own_loop() {
    if (own_loop_gone) throw loop_closed("this thread is ending and its event loop is gone");
    static thread_local thread_loop own;
    return own.loop;
}

// libuv counts whole milliseconds, and the one that has begun already: one more, never to be early.
std::uint64_t milliseconds_until(event_loop::clock::time_point deadline) {
    using std::chrono::milliseconds;
    const auto left = std::chrono::ceil<milliseconds>(deadline - event_loop::clock::now()).count();
    return left > 0 ? static_cast<std::uint64_t>(left) + 1 : 0;
}

uv_handle_t* as_handle(uv_async_t* handle) noexcept { return reinterpret_cast<uv_handle_t*>(handle); }

}  // namespace

event_loop::event_loop() : event_loop(nullptr) {}

event_loop::implementation::implementation(event_loop& of, uv_loop_t* lent)
    : loop(lent ? lent : &own), borrowed(lent != nullptr) {
    if (!borrowed) check_uv(uv_loop_init(loop), "uv_loop_init");
    auto async = std::make_unique<uv_async_t>();
    async->data = &of;
    const int status = uv_async_init(loop, async.get(), [](uv_async_t* handle) noexcept {
        auto& home = *static_cast<event_loop*>(handle->data);
        if (home.impl_->borrowed && !home.impl_->driving) uv_unref(as_handle(handle));
        const tick scope(home);
        home.run_posted();
    });
    if (status < 0 && !borrowed) uv_loop_close(loop);
    check_uv(status, "uv_async_init");
    wake = async.release();
    // The application's loop ends when its own work is done; ours waits for other threads too.
    if (borrowed) uv_unref(as_handle(wake));
}

event_loop::event_loop(uv_loop_s* borrowed) : impl_(new implementation(*this, borrowed)) {
    static_cast<void>(current_context());  // so that it outlives a loop that is thread_local
    impl_->alarm = new uv_timer_t;
    impl_->alarm->data = this;
    uv_timer_init(impl_->loop, impl_->alarm);
    if (!current_loop) current_loop = this;
}

event_loop::~event_loop() {
    shutdown();
    if (current_loop == this) current_loop = nullptr;
    delete impl_;
}

event_loop& event_loop::current() { return current_loop ? *current_loop : own_loop(); }

bool event_loop::inside() const noexcept { return depth_ > 0; }
bool event_loop::borrowed() const noexcept { return impl_->borrowed; }
bool event_loop::may_block() const noexcept { return !inside() && running_ == 0 && !borrowed(); }
bool event_loop::closed() const noexcept { return closed_; }

void event_loop::post(callback<> work) {
    const std::lock_guard lock(impl_->guard);
    if (!impl_->wake) return;
    impl_->posted.push_back(std::move(work));
    uv_async_send(impl_->wake);
}

void event_loop::run_posted() noexcept {
    std::vector<callback<>> work;
    {
        const std::lock_guard lock(impl_->guard);
        work.swap(impl_->posted);
    }
    for (callback<>& each : work) each();
}

void event_loop::require_open() const {
    if (closed_) throw loop_closed("the event loop is shut down: nothing can be started on it any more");
}

void event_loop::require_outside() const {
    if (!inside() && running_ == 0) return;
    throw synchronous_only_operation(
        "a result that is not there yet was waited for inside its own event loop, which would stop all "
        "else there: write `co_await` before it (and `.async()` behind a QuerySet) instead of reading it");
}

namespace runtime_detail {

event_loop* coroutine_runs() noexcept {
    if (current_loop) ++current_loop->running_;
    return current_loop;
}

void coroutine_rests(event_loop* since) noexcept {
    if (since) --since->running_;
}

}  // namespace runtime_detail

void event_loop::turn() noexcept {
    if (!first_) return;
    const tick nothing_but_its_end(*this);
}

bool event_loop::run_until(const operation_state& what, clock::time_point deadline) {
    if (what.ready()) return true;
    require_outside();
    const context_scope nobody{intrusive_ptr<context>()};
    impl_->late = false;
    if (deadline != clock::time_point::max()) {
        uv_update_time(impl_->loop);
        const auto rings = [](uv_timer_t* alarm) noexcept {
            auto& loop = *static_cast<event_loop*>(alarm->data);
            const tick scope(loop);
            loop.impl_->late = true;
        };
        uv_timer_start(impl_->alarm, rings, milliseconds_until(deadline), 0);
    }
    // Else uv_run returns at once where nothing but another thread can wake it.
    if (impl_->borrowed) uv_ref(as_handle(impl_->wake));
    while (turn(), !what.ready() && !impl_->late) {
        impl_->driving = true;
        uv_run(impl_->loop, UV_RUN_ONCE);
        impl_->driving = false;
    }
    if (impl_->borrowed) uv_unref(as_handle(impl_->wake));
    uv_timer_stop(impl_->alarm);
    return what.ready();
}

void event_loop::shutdown() {
    if (closed_) return;
    require_outside();
    turn();
    {
        const tick failing(*this);
        run_posted();
        closed_ = true;
        tell(first_told_);
        fail_pending();
    }
    {
        const tick ending(*this);
        tell(last_told_);
    }
    close_handles();
}

void event_loop::fail_pending() noexcept {
    const auto why = std::make_exception_ptr(
        loop_closed("the event loop was shut down before the operation had finished"));
    while (pending_) pending_->fail(why);
}

void event_loop::close_handles() noexcept {
    {
        const std::lock_guard lock(impl_->guard);
        close_and_delete<uv_async_t>(std::exchange(impl_->wake, nullptr));
    }
    impl_->posted.clear();
    close_and_delete<uv_timer_t>(std::exchange(impl_->alarm, nullptr));
    if (impl_->borrowed) return;
    // Close callbacks run, and work on the thread pool ends, before the loop may go.
    uv_run(impl_->loop, UV_RUN_DEFAULT);
    uv_loop_close(impl_->loop);
}

}  // namespace orm::inline v0
