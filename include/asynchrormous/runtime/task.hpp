// Coroutines: task<T> is lazy (it starts when it is awaited), move-only, and takes its context along.
// Whatever a task awaits, it suspends with the context put back that it found, and resumes with its own:
// a query never runs in a stranger's transaction. A task that is destroyed unfinished takes its frame and
// the tasks it awaits with it. Threads: that of its loop.
#pragma once

#include <asynchrormous/runtime/coroutine_support.hpp>

#if !ORM_HAS_COROUTINES
#error \
    "g++ before 13 miscompiles coroutines (temporaries in a co_await expression are destroyed twice): build files that include asynchrormous/runtime/task.hpp with clang 16 or later or g++ 13 or later; blocking QuerySets and lazy proxies work without it"
#else

#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

template <class T = void>
class task;

namespace runtime_detail {

// The context of one coroutine: outside of it while it is suspended, installed while it runs.
class carried_context {
public:
    explicit carried_context(intrusive_ptr<context> own) : own_(std::move(own)) {}

    void install() { displaced_ = exchange_context(std::move(own_)); }
    void put_back() { own_ = exchange_context(std::move(displaced_)); }
    const intrusive_ptr<context>& own_context() const noexcept { return own_; }

private:
    intrusive_ptr<context> own_;
    intrusive_ptr<context> displaced_{};
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
concept awaitable =
    requires(std::remove_reference_t<awaiter_of_t<Awaitable>>& a) { a.await_ready(), a.await_resume(); };

// Stands in for a value after the error that it cannot be awaited, so that no second error follows.
template <class T>
struct never_awaited : std::suspend_never {
    T&& await_resume() const noexcept;
};

template <class T>
concept blocking_query = requires { typename std::remove_cvref_t<T>::evaluated::must_add_async; };

// Wraps whatever a task awaits. After the inner await_suspend nothing of the coroutine may be touched: it may
// run again, or be gone; so the context is put back before.
template <class Inner>
struct carrying_awaiter {
    Inner inner;
    carried_context& carried;
    bool suspended = false;

    decltype(auto) await_ready() { return inner.await_ready(); }

    template <class Promise>
    auto await_suspend(std::coroutine_handle<Promise> who) {
        suspended = true;
        carried.put_back();
        try {
            return inner.await_suspend(who);  // false, if it gives that: await_resume follows and installs
        } catch (...) {
            carried.install();
            throw;
        }
    }

    decltype(auto) await_resume() {
        if (suspended) carried.install();
        return inner.await_resume();
    }
};

class promise_base : public carried_context {
public:
    promise_base() : carried_context(current_context()) {}

    std::suspend_always initial_suspend() noexcept { return {}; }

    struct final_awaiter {
        bool await_ready() noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> who) noexcept {
            who.promise().put_back();
            return who.promise().continuation_;
        }
        void await_resume() noexcept {}
    };
    final_awaiter final_suspend() noexcept { return {}; }

    template <class Awaitable>
    auto await_transform(Awaitable&& what) {
        if constexpr (blocking_query<Awaitable>) {
            static_assert(!blocking_query<Awaitable>,
                          "asynchrormous: this QuerySet blocks; add .async() to it: co_await books.async()");
            return never_awaited<Awaitable>();
        } else if constexpr (awaitable<Awaitable>) {
            using inner = awaiter_of_t<Awaitable>;
            return carrying_awaiter<inner>{awaiter_of(std::forward<Awaitable>(what)), *this};
        } else {
            static_assert(
                awaitable<Awaitable>,
                "asynchrormous: co_await needs a task, a lazy or another awaitable; this value is there "
                "already: write it without co_await, or add .async() before what gives it");
            return never_awaited<Awaitable>();
        }
    }

    void continue_with(std::coroutine_handle<> next) noexcept { continuation_ = next; }
    // A task takes the context it is started in, not the one it was made in.
    void inherit(intrusive_ptr<context> from) {
        static_cast<carried_context&>(*this) = carried_context(std::move(from));
    }

private:
    std::coroutine_handle<> continuation_ = std::noop_coroutine();
};

template <class T>
class task_promise : public promise_base {
public:
    task<T> get_return_object() noexcept;
    template <class U = T>
        requires std::convertible_to<U, T>
    void return_value(U&& value) {
        value_.emplace(std::forward<U>(value));
    }
    void unhandled_exception() noexcept { error_ = std::current_exception(); }

    T result() {
        if (error_) std::rethrow_exception(error_);
        return std::move(*value_);
    }

private:
    std::optional<T> value_{};
    std::exception_ptr error_{};
};

template <>
class task_promise<void> : public promise_base {
public:
    task<void> get_return_object() noexcept;
    void return_void() noexcept {}
    void unhandled_exception() noexcept { error_ = std::current_exception(); }

    void result() {
        if (error_) std::rethrow_exception(error_);
    }

private:
    std::exception_ptr error_{};
};

}  // namespace runtime_detail

template <class T>
class [[nodiscard]] task {
public:
    using promise_type = runtime_detail::task_promise<T>;
    using value_type = T;

    task(task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    task& operator=(task other) noexcept {
        std::swap(frame_, other.frame_);
        return *this;
    }
    ~task() {
        if (frame_) frame_.destroy();
    }

    // The awaiter owns the frame, so that a child goes when its parent's frame goes.
    auto operator co_await() && noexcept { return awaiter{std::move(*this)}; }

private:
    friend promise_type;
    explicit task(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}

    struct awaiter {
        task child;

        bool await_ready() const noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> parent) {
            promise_type& promise = child.frame_.promise();
            promise.continue_with(parent);
            // The parent has put its context back already and holds it: the child shares it.
            if constexpr (requires { parent.promise().own_context(); })
                promise.inherit(parent.promise().own_context());
            else
                promise.inherit(current_context());
            promise.install();
            return child.frame_;
        }
        T await_resume() { return child.frame_.promise().result(); }
    };

    std::coroutine_handle<promise_type> frame_;
};

namespace runtime_detail {

template <class T>
task<T> task_promise<T>::get_return_object() noexcept {
    return task<T>(std::coroutine_handle<task_promise>::from_promise(*this));
}
inline task<void> task_promise<void>::get_return_object() noexcept {
    return task<void>(std::coroutine_handle<task_promise>::from_promise(*this));
}

// A task that runs on its own: owned by nobody but itself until it is done, or cancelled.
template <class T>
class started_task final : public lazy_state<T> {
public:
    explicit started_task(event_loop& loop) : lazy_state<T>(loop), ending_(*this) {}

    void run(task<T> what) {
        this->add_ref();  // given back by the last line of drive(), or by ending it early
        driver_ = drive(*this, std::move(what));
        const tick scope(this->loop());
        driver_->resume();
    }

private:
    struct driver_promise;
    using frame = std::coroutine_handle<driver_promise>;
    struct driver {
        using promise_type = driver_promise;
        frame handle;
    };
    struct driver_promise : promise_base {
        driver get_return_object() { return {frame::from_promise(*this)}; }
        void return_void() noexcept {}
        void unhandled_exception() noexcept {}
    };

    static driver drive(started_task& self, task<T> what) {
        try {
            if constexpr (std::is_void_v<T>) {
                co_await std::move(what);
                self.succeed();
            } else {
                self.succeed(co_await std::move(what));
            }
        } catch (...) {
            self.fail(std::current_exception());
        }
        self.finish_later();
    }

    // Never inside the coroutine itself, which may be the one that cancels.
    void on_cancel() noexcept override { finish_later(); }
    void finish_later() noexcept { this->loop().defer(ending_); }

    struct ending final : deferred {
        explicit ending(started_task& of) : self(of) {}
        void run_deferred() noexcept override {
            if (!self.driver_) return;
            std::exchange(self.driver_, std::nullopt)->destroy();
            self.release();
        }
        started_task& self;
    };

    struct owned_frame {
        owned_frame(driver from) : handle(from.handle) {}
        void resume() {
            handle.promise().install();
            handle.resume();
        }
        void destroy() { handle.destroy(); }
        frame handle;
    };
    ending ending_;
    std::optional<owned_frame> driver_{};
};

}  // namespace runtime_detail

// Starts the task now, with the context of the caller; it runs to its first suspension before this returns.
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
