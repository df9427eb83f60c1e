// How a coroutine takes its context along: whatever it awaits is wrapped, so that it suspends with the
// context put back that it found, and resumes with its own. Part of runtime/task.hpp.
#pragma once

#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/event_loop.hpp>

#include <coroutine>
#include <type_traits>
#include <utility>

namespace orm::inline v0::runtime_detail {

// What a coroutine found when it was resumed.
struct resumption {
    intrusive_ptr<context> displaced{};
    event_loop* loop = nullptr;

    void end() noexcept {
        exchange_context(std::move(displaced));
        coroutine_rests(loop);
    }
};

// The context of one coroutine: kept here while it is suspended, installed while it runs. What is current
// when it suspends is what it resumes with, so that a context_scope may stay open across a co_await.
class carried_context {
public:
    // At each resumption, the first one included.
    void install() noexcept { since_ = {exchange_context(std::move(own_)), coroutine_runs()}; }
    // Before await_suspend, during which its own stays current. Returns: what must end after that.
    resumption suspend() noexcept {
        own_ = current_context();
        return std::move(since_);
    }
    // It was not suspended after all.
    void stay(resumption since) noexcept {
        own_ = nullptr;
        since_ = std::move(since);
    }
    // At its end.
    void leave() noexcept { since_.end(); }

    // Of a suspended coroutine.
    const intrusive_ptr<context>& own_context() const noexcept { return own_; }
    void inherit(intrusive_ptr<context> from) noexcept { own_ = std::move(from); }

private:
    intrusive_ptr<context> own_{};
    resumption since_{};
};

// The locals of the frame go in its own context, and none of their scopes reaches the one who destroys it.
template <class Promise>
void destroy_frame(std::coroutine_handle<Promise> frame) noexcept {
    const context_scope own{frame.done() ? current_context() : frame.promise().own_context()};
    frame.destroy();
}

// Ends a resumption when it goes.
class resumption_end {
public:
    explicit resumption_end(resumption since) noexcept : since_(std::move(since)) {}
    ~resumption_end() {
        if (!dismissed_) since_.end();
    }
    resumption_end(const resumption_end&) = delete;
    resumption_end& operator=(const resumption_end&) = delete;

    resumption dismiss() noexcept {
        dismissed_ = true;
        return std::move(since_);
    }

private:
    resumption since_;
    bool dismissed_ = false;
};

template <class Awaitable>
decltype(auto) awaiter_of(Awaitable&& what) {
    if constexpr (requires { std::forward<Awaitable>(what).operator co_await(); })
        return std::forward<Awaitable>(what).operator co_await();
    else if constexpr (requires { operator co_await(std::forward<Awaitable>(what)); })
        return operator co_await(std::forward<Awaitable>(what));
    else
        return std::forward<Awaitable>(what);
}

template <class Awaitable>
using awaiter_of_t = decltype(awaiter_of(std::declval<Awaitable>()));

template <class Awaitable>
concept awaitable = requires(std::remove_reference_t<awaiter_of_t<Awaitable>>& awaiter) {
    awaiter.await_ready() ? 0 : 1;
    awaiter.await_resume();
};

// After the inner await_suspend nothing of the coroutine may be touched: it may run again, on another thread
// or in the midst of somebody else, or be gone. So what it displaced waits on the stack meanwhile. What the
// inner await_suspend does, it does in the coroutine's context: a query that it starts is the coroutine's.
template <class Inner>
struct carrying_awaiter {
    Inner inner;
    carried_context& carried;
    bool suspended = false;

    bool await_ready() { return static_cast<bool>(inner.await_ready()); }

    template <class Promise>
    auto await_suspend(std::coroutine_handle<Promise> who) {
        suspended = true;
        resumption_end after(carried.suspend());
        try {
            return inner.await_suspend(who);
        } catch (...) {
            suspended = false;
            carried.stay(after.dismiss());
            throw;
        }
    }

    // Also where await_suspend returned false.
    decltype(auto) await_resume() {
        if (suspended) carried.install();
        return inner.await_resume();
    }
};

// What remains of an await that does not compile: the one error is explained, and no others follow.
template <class Awaitable>
struct not_awaitable {
    std::remove_reference_t<Awaitable>& what;

    bool await_ready() const noexcept { return true; }
    void await_suspend(std::coroutine_handle<>) const noexcept {}
    std::remove_reference_t<Awaitable>& await_resume() const noexcept { return what; }
};

}  // namespace orm::inline v0::runtime_detail
