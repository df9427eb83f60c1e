// Coroutines: task<T> is lazy (it starts when it is awaited), move-only, and takes its context along.
// Whatever a task awaits, it suspends with the context put back that it found, and resumes with its own:
// a query never runs in a stranger's transaction. A task that is destroyed unfinished takes its frame and
// the tasks it awaits with it. start(task) makes a lazy of it. Threads: that of its loop.
#pragma once

#include <asynchrormous/runtime/coroutine_support.hpp>

#if !ORM_HAS_COROUTINES
#error \
    "g++ before 13 miscompiles coroutines (temporaries in a co_await expression are destroyed twice): build files that include asynchrormous/runtime/task.hpp with clang 16 or later or g++ 13 or later; blocking QuerySets and lazy proxies work without it"
#else

#include <asynchrormous/runtime/carried_context.hpp>
#include <asynchrormous/runtime/error.hpp>

#include <concepts>
#include <coroutine>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

template <class T = void>
class task;

namespace runtime_detail {

template <class T>
concept blocking_query = requires { typename std::remove_cvref_t<T>::evaluated::must_add_async; };

template <class T>
inline constexpr bool is_task = false;
template <class T>
inline constexpr bool is_task<task<T>> = true;

class promise_base : public carried_context {
public:
    struct initial_awaiter {
        carried_context& carried;
        bool await_ready() const noexcept { return false; }
        void await_suspend(std::coroutine_handle<>) const noexcept {}
        void await_resume() const noexcept { carried.install(); }
    };
    initial_awaiter initial_suspend() noexcept { return {*this}; }

    struct final_awaiter {
        bool await_ready() noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> who) noexcept {
            who.promise().leave();
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
            return not_awaitable<Awaitable>{what};
        } else if constexpr (is_task<std::remove_cvref_t<Awaitable>> &&
                             std::is_lvalue_reference_v<Awaitable>) {
            static_assert(!std::is_lvalue_reference_v<Awaitable>,
                          "asynchrormous: a task is awaited once and then gone: co_await std::move(it)");
            return await_transform(static_cast<std::remove_reference_t<Awaitable>&&>(what));
        } else if constexpr (!awaitable<Awaitable>) {
            static_assert(
                awaitable<Awaitable>,
                "asynchrormous: co_await needs a task, a lazy or another awaitable; this value is there "
                "already: write it without co_await, or add .async() before what gives it");
            return not_awaitable<Awaitable>{what};
        } else {
            return carrying_awaiter<awaiter_of_t<Awaitable>>{awaiter_of(std::forward<Awaitable>(what)),
                                                             *this};
        }
    }

    void continue_with(std::coroutine_handle<> next) noexcept { continuation_ = next; }

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
    static_assert(!std::is_reference_v<T>,
                  "asynchrormous: a task returns a value; return a pointer instead of a reference");

public:
    using promise_type = runtime_detail::task_promise<T>;
    using value_type = T;

    task(task&& other) noexcept : frame_(std::exchange(other.frame_, nullptr)) {}
    task& operator=(task other) noexcept {
        std::swap(frame_, other.frame_);
        return *this;
    }
    ~task() {
        if (frame_) runtime_detail::destroy_frame(frame_);
    }

    // The awaiter owns the frame, so that a child goes when its parent's frame goes.
    // Throws: error when the task was awaited or moved away before.
    auto operator co_await() && {
        if (!frame_)
            throw error("a task was awaited a second time; start() gives a lazy, which many can await");
        return awaiter{std::move(*this)};
    }

private:
    friend promise_type;
    explicit task(std::coroutine_handle<promise_type> frame) noexcept : frame_(frame) {}

    struct awaiter {
        task child;

        bool await_ready() const noexcept { return false; }
        std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) noexcept {
            promise_type& promise = child.frame_.promise();
            promise.continue_with(parent);
            promise.inherit(current_context());
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

}  // namespace runtime_detail

}  // namespace orm::inline v0

#include <asynchrormous/runtime/start.hpp>

#endif
