// What the loop keeps in lists: deferred nodes, operations under way, listeners; and the tick that drains
// them.
#include "loop_internals.hpp"

#include <asynchrormous/runtime/operation_state.hpp>

#include <utility>

namespace orm::inline v0 {

tick::tick(event_loop& loop) noexcept : loop_(loop) { ++loop_.depth_; }

tick::~tick() {
    if (loop_.depth_ == 1) {
        if (loop_.running_ == 0)
            loop_.drain();
        else if (loop_.first_)
            loop_.wake_to_drain();
        // Before 1.45 libuv runs due timers first and then still sleeps in poll; a stop keeps it from that.
        if (loop_.impl_->driving) uv_stop(loop_.impl_->loop);
    }
    --loop_.depth_;
}

bool event_loop::defer(deferred& node) noexcept {
    if (node.queued_) return false;
    node.queued_ = true;
    node.next_ = nullptr;
    *last_ = &node;
    last_ = &node.next_;
    if (!inside()) wake_to_drain();
    return true;
}

// Our own loop runs only while somebody waits, and drains first then; the application's must be woken.
void event_loop::wake_to_drain() noexcept {
    if (!impl_->borrowed || !impl_->wake) return;
    uv_ref(reinterpret_cast<uv_handle_t*>(impl_->wake));
    uv_async_send(impl_->wake);
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

shutdown_listener::shutdown_listener(event_loop& loop, shutdown_phase when)
    : at_(when == shutdown_phase::first ? &loop.first_told_ : &loop.last_told_), next_(*at_) {
    loop.require_open();
    if (next_) next_->at_ = &next_;
    *at_ = this;
}

shutdown_listener::~shutdown_listener() {
    if (!at_) return;
    *at_ = next_;
    if (next_) next_->at_ = at_;
}

void event_loop::tell(shutdown_listener*& listeners) noexcept {
    while (shutdown_listener* listener = listeners) {
        listeners = listener->next_;
        if (listeners) listeners->at_ = &listeners;
        listener->at_ = nullptr;
        listener->on_loop_shutdown();
    }
}

}  // namespace orm::inline v0
