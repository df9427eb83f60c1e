#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/hooks.hpp>
#include <asynchrormous/runtime/operation_state.hpp>

namespace orm::inline v0 {

namespace {

std::atomic<error_hook> unobserved_hook = nullptr;

}  // namespace

error_hook set_unobserved_error_hook(error_hook hook) noexcept { return unobserved_hook.exchange(hook); }

void tell_unobserved_error(std::exception_ptr why) noexcept {
    if (const error_hook hook = unobserved_hook.load()) hook(std::move(why));
}

operation_state::operation_state(event_loop& loop) : loop_(&loop) {
    loop.require_open();
    loop.watch(*this);
}

operation_state::~operation_state() {
    if (!ready()) loop_->unwatch(*this);
    if (!error_ || observed_) return;
    tell_unobserved_error(error_);
}

void operation_state::wait() { wait_until(event_loop::clock::time_point::max()); }

bool operation_state::wait_for(std::chrono::nanoseconds time) {
    constexpr std::chrono::hours forever(24 * 365 * 100);  // further on, the clock's arithmetic ends
    using clock = event_loop::clock;
    return wait_until(time < forever ? clock::now() + time : clock::time_point::max());
}

bool operation_state::wait_until(event_loop::clock::time_point deadline) {
    if (ready()) return true;
    if (loop_->borrowed() && !loop_->inside())
        throw synchronous_only_operation(
            "a result that is not there yet was read on an event loop that the application runs: write "
            "`co_await` before it, or drive that loop by event_loop::run() where nothing else does");
    return loop_->run_until(*this, deadline);
}

void operation_state::fail(std::exception_ptr why) noexcept {
    if (ready()) return;
    error_ = std::move(why);
    set_ready();
}

void operation_state::cancel() noexcept {
    if (ready()) return;
    cancel(std::make_exception_ptr(
        operation_cancelled("the operation was cancelled before its result was there")));
}

void operation_state::cancel(std::exception_ptr why) noexcept {
    if (ready()) return;
    const intrusive_ptr<operation_state> alive(this);
    observed_ = true;  // whoever cancels knows
    fail(std::move(why));
    on_cancel();
}

void operation_state::add_waiter(waiter& who) noexcept {
    // In the order of arrival: the list is short.
    waiter** end = &waiters_;
    while (*end) end = &(*end)->next_;
    *end = &who;
    who.next_ = nullptr;
    who.waiting_ = true;
    if (ready()) wake_later();
}

void operation_state::remove_waiter(waiter& who) noexcept {
    if (!who.waiting_) return;
    waiter** at = &waiters_;
    while (*at != &who) at = &(*at)->next_;
    *at = who.next_;
    who.waiting_ = false;
}

void operation_state::rethrow_if_failed() const {
    if (!error_) return;
    observed_ = true;
    std::rethrow_exception(error_);
}

void operation_state::set_ready() noexcept {
    ready_.store(true, std::memory_order_release);
    loop_->unwatch(*this);
    if (waiters_) wake_later();
}

void operation_state::wake_later() noexcept {
    if (loop_->defer(*this)) add_ref();
}

// Waiters hold references of their own, so that the last one woken may find itself the only owner.
void operation_state::run_deferred() noexcept {
    intrusive_ptr<operation_state> self = intrusive_ptr<operation_state>::adopt(this);
    while (waiter* who = waiters_) {
        waiters_ = who->next_;
        who->waiting_ = false;
        if (!waiters_) {
            self = nullptr;
            return who->wake();
        }
        who->wake();
    }
}

}  // namespace orm::inline v0
