#include "loop_internals.hpp"

#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/operation_state.hpp>

#include <algorithm>
#include <utility>

namespace orm::inline v0 {

namespace {

thread_local event_loop* current_loop = nullptr;

event_loop& own_loop() {
    static thread_local event_loop loop;
    return loop;
}

std::uint64_t milliseconds_until(event_loop::clock::time_point deadline) {
    using std::chrono::milliseconds;
    const auto left = std::chrono::ceil<milliseconds>(deadline - event_loop::clock::now());
    return static_cast<std::uint64_t>(std::max<milliseconds::rep>(left.count(), 0));
}

// Anew before each round: libuv's clock stands still between rounds, so that an alarm may go off early.
void set_alarm(event_loop::implementation& loop, event_loop::clock::time_point deadline) {
    uv_update_time(loop.loop);
    uv_timer_start(loop.alarm, [](uv_timer_t*) {}, milliseconds_until(deadline), 0);
}

}  // namespace

tick::tick(event_loop& loop) noexcept : loop_(loop) { ++loop_.depth_; }

tick::~tick() {
    if (loop_.depth_ == 1) loop_.drain();
    --loop_.depth_;
}

shutdown_listener::shutdown_listener(event_loop& loop) : loop_(&loop), next_(loop.listeners_) {
    loop.require_open();
    if (next_) next_->previous_ = this;
    loop.listeners_ = this;
}

shutdown_listener::~shutdown_listener() {
    if (!loop_) return;
    (previous_ ? previous_->next_ : loop_->listeners_) = next_;
    if (next_) next_->previous_ = previous_;
}

event_loop::event_loop() : event_loop(nullptr) {}

event_loop::event_loop(uv_loop_s* borrowed) : impl_(std::make_unique<implementation>()) {
    impl_->borrowed = borrowed != nullptr;
    impl_->loop = borrowed ? borrowed : &impl_->own;
    if (!borrowed) check_uv(uv_loop_init(impl_->loop), "uv_loop_init");
    impl_->wake = new uv_async_t;
    impl_->wake->data = this;
    check_uv(uv_async_init(impl_->loop, impl_->wake,
                           [](uv_async_t* handle) {
                               auto& loop = *static_cast<event_loop*>(handle->data);
                               const tick scope(loop);
                               std::vector<callback<>> work;
                               {
                                   const std::lock_guard lock(loop.impl_->guard);
                                   work.swap(loop.impl_->posted);
                               }
                               for (callback<>& each : work) each();
                           }),
             "uv_async_init");
    impl_->alarm = new uv_timer_t;
    impl_->alarm->data = this;
    uv_timer_init(impl_->loop, impl_->alarm);
    // The application's loop ends when its own work is done; ours waits for other threads too.
    if (borrowed) uv_unref(reinterpret_cast<uv_handle_t*>(impl_->wake));
    if (!current_loop) current_loop = this;
}

event_loop::~event_loop() {
    shutdown();
    if (current_loop == this) current_loop = nullptr;
}

event_loop& event_loop::current() { return current_loop ? *current_loop : own_loop(); }

bool event_loop::inside() const noexcept { return depth_ > 0; }
bool event_loop::borrowed() const noexcept { return impl_->borrowed; }
bool event_loop::closed() const noexcept { return closed_; }

void event_loop::post(callback<> work) {
    {
        const std::lock_guard lock(impl_->guard);
        impl_->posted.push_back(std::move(work));
    }
    uv_async_send(impl_->wake);
}

bool event_loop::defer(deferred& node) noexcept {
    if (node.queued_) return false;
    node.queued_ = true;
    node.next_ = nullptr;
    *last_ = &node;
    last_ = &node.next_;
    // Our own loop runs only while somebody waits, and drains first then; the application's must be woken.
    if (!inside() && impl_->borrowed) uv_async_send(impl_->wake);
    return true;
}

void event_loop::forget(deferred& node) noexcept {
    if (!node.queued_) return;
    deferred** at = &first_;
    while (*at != &node) at = &(*at)->next_;
    *at = node.next_;
    if (last_ == &node.next_) last_ = at;
    node.queued_ = false;
}

void event_loop::drain() noexcept {
    while (first_) {
        deferred& node = *first_;
        first_ = node.next_;
        if (!first_) last_ = &first_;
        node.queued_ = false;
        node.run_deferred();
    }
}

void event_loop::require_open() const {
    if (closed_) throw loop_closed("the event loop is shut down: nothing can be started on it any more");
}

bool event_loop::run_until(const operation_state& what, clock::time_point deadline) {
    if (what.ready()) return true;
    if (inside())
        throw synchronous_only_operation(
            "waiting for a result inside its own event loop would stop everything else on it; "
            "write `co_await` before the lazy instead of reading it");
    const context_scope nobody{intrusive_ptr<context>()};
    const bool limited = deadline != clock::time_point::max();
    while (true) {
        {
            const tick start(*this);
        }
        if (what.ready() || (limited && clock::now() >= deadline)) break;
        if (limited) set_alarm(*impl_, deadline);
        uv_run(impl_->loop, UV_RUN_ONCE);
    }
    if (limited) uv_timer_stop(impl_->alarm);
    return what.ready();
}

void event_loop::watch(operation_state& pending) noexcept {
    pending.next_ = pending_;
    if (pending_) pending_->previous_ = &pending;
    pending_ = &pending;
}

void event_loop::unwatch(operation_state& pending) noexcept {
    (pending.previous_ ? pending.previous_->next_ : pending_) = pending.next_;
    if (pending.next_) pending.next_->previous_ = pending.previous_;
    pending.previous_ = pending.next_ = nullptr;
}

void event_loop::shutdown() {
    if (closed_) return;
    closed_ = true;
    const context_scope nobody{intrusive_ptr<context>()};
    {
        const tick last(*this);
        while (shutdown_listener* listener = listeners_) {
            listeners_ = listener->next_;
            if (listeners_) listeners_->previous_ = nullptr;
            listener->loop_ = nullptr;
            listener->on_loop_shutdown();
        }
        const auto why = std::make_exception_ptr(
            loop_closed("the event loop was shut down before the operation had finished"));
        while (pending_) pending_->fail(why);
    }
    close_and_delete<uv_timer_t>(std::exchange(impl_->alarm, nullptr));
    close_and_delete<uv_async_t>(std::exchange(impl_->wake, nullptr));
    if (impl_->borrowed) return;
    // Close callbacks run, and work on the thread pool ends, before the loop may go.
    uv_run(impl_->loop, UV_RUN_DEFAULT);
    uv_loop_close(impl_->loop);
}

}  // namespace orm::inline v0
