// A value that is on its way: read it as a T (blocks until it is there), await it, test it, wait with a
// timeout, cancel it. Hot: whatever fills it runs already. Copies share the result; dropping all of them
// abandons the result, not the work. An error that nobody looks at goes to set_unobserved_error_hook.
// Threads: that of its loop.
#pragma once

#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/operation_state.hpp>

#include <chrono>
#include <compare>
#include <coroutine>
#include <cstddef>
#include <optional>
#include <type_traits>
#include <utility>

namespace orm::inline v0 {

namespace runtime_detail {

// Resumes a coroutine of any type when the operation is ready. Destroyed while it waits, it leaves the list.
class state_awaiter : public waiter {
public:
    bool await_ready() const noexcept { return state_->ready(); }
    void await_suspend(std::coroutine_handle<> who) noexcept {
        who_ = who;
        state_->add_waiter(*this);
    }

protected:
    explicit state_awaiter(intrusive_ptr<operation_state> state) noexcept : state_(std::move(state)) {}
    ~state_awaiter() { state_->remove_waiter(*this); }

    intrusive_ptr<operation_state> state_;

private:
    void wake() noexcept override { who_.resume(); }

    std::coroutine_handle<> who_{};
};

template <class T>
struct reference_awaiter final : state_awaiter {
    explicit reference_awaiter(intrusive_ptr<lazy_state<T>> state) : state_awaiter(std::move(state)) {}
    std::add_lvalue_reference_t<const T> await_resume() const {
        this->state_->rethrow_if_failed();
        return static_cast<const lazy_state<T>&>(*this->state_).value();
    }
};

// The only owner takes the value out; shared, it is copied.
template <class T>
T take_or_copy(lazy_state<T>& state) {
    state.rethrow_if_failed();
    if constexpr (std::is_copy_constructible_v<T>) {
        if (!state.sole()) return state.value();
    }
    return state.take();
}

template <class T>
struct value_awaiter final : state_awaiter {
    explicit value_awaiter(intrusive_ptr<lazy_state<T>> state) : state_awaiter(std::move(state)) {}
    T await_resume() const { return take_or_copy(static_cast<lazy_state<T>&>(*this->state_)); }
};

template <class T>
concept readable = !std::is_void_v<T>;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

}  // namespace runtime_detail

// Arithmetic lazies convert and use the built-in operators; the operators below are for all other types.
template <class T>
concept compound_value = runtime_detail::readable<T> && !std::is_arithmetic_v<T> && !std::is_enum_v<T>;

template <class T>
class [[nodiscard]] lazy {
public:
    using value_type = T;

    explicit lazy(intrusive_ptr<lazy_state<T>> state) noexcept : state_(std::move(state)) {}

    bool ready() const noexcept { return state_->ready(); }
    // Blocks until it is there, without looking at value or error.
    // Throws: synchronous_only_operation inside the loop.
    void wait() const { state_->wait(); }
    // Returns: false when it is not there after that time.
    bool wait_for(std::chrono::nanoseconds time) const { return state_->wait_for(time); }
    // Readers get operation_cancelled at once; the server is freed when that can disturb nobody else.
    void cancel() const noexcept { state_->cancel(); }

    // Throws: the error of the operation; synchronous_only_operation inside the loop.
    std::add_lvalue_reference_t<const T> get() const& {
        wait();
        state_->rethrow_if_failed();
        return state_->value();
    }
    T get() && {
        wait();
        return runtime_detail::take_or_copy(*state_);
    }

    // Awaiting a named lazy gives a reference to the value it keeps, awaiting a temporary gives the value.
    auto operator co_await() const& { return runtime_detail::reference_awaiter<T>(state_); }
    auto operator co_await() && { return runtime_detail::value_awaiter<T>(std::move(state_)); }

    operator T() const&
        requires runtime_detail::readable<T>
    {
        return get();
    }
    operator T() &&
        requires runtime_detail::readable<T>
    {
        return std::move(*this).get();
    }

    // Both reach into an optional. Throws: std::bad_optional_access where that is empty.
    const auto& operator*() const&
        requires runtime_detail::readable<T>
    {
        if constexpr (runtime_detail::is_optional<T>)
            return get().value();
        else
            return get();
    }
    const auto* operator->() const&
        requires runtime_detail::readable<T>
    {
        return &**this;
    }
    // What a reference refers to is kept by somebody else, the value of a temporary by nobody.
    void operator*() const&&
        requires(!std::is_reference_v<T>)
    = delete;
    void operator->() const&&
        requires(!std::is_reference_v<T>)
    = delete;
    T operator*() const&&
        requires std::is_reference_v<T>
    {
        return get();
    }
    std::remove_reference_t<T>* operator->() const&&
        requires std::is_reference_v<T>
    {
        return &get();
    }

    decltype(auto) operator[](std::size_t index) const&
        requires compound_value<T> && requires(const T& value, std::size_t at) { value[at]; }
    {
        return get()[index];
    }

    // Whether there is a value in the optional.
    explicit operator bool() const&
        requires runtime_detail::is_optional<T>
    {
        return get().has_value();
    }

    const intrusive_ptr<lazy_state<T>>& state() const noexcept { return state_; }

private:
    intrusive_ptr<lazy_state<T>> state_;
};

template <compound_value T, class U>
    requires requires(const T& a, const U& b) { a == b; }
bool operator==(const lazy<T>& a, const U& b) {
    return a.get() == b;
}
template <compound_value T>
    requires requires(const T& a, const T& b) { a == b; }
bool operator==(const lazy<T>& a, const lazy<T>& b) {
    return a.get() == b.get();
}
template <compound_value T, class U>
    requires requires(const T& a, const U& b) { a <=> b; }
auto operator<=>(const lazy<T>& a, const U& b) {
    return a.get() <=> b;
}
template <class Stream, compound_value T>
    requires requires(Stream& out, const T& value) { out << value; }
Stream& operator<<(Stream& out, const lazy<T>& value) {
    out << value.get();
    return out;
}

// For range-for over a lazy container. A temporary container would be gone: name the lazy first.
template <compound_value T>
    requires requires(const T& range) { range.begin(); }
auto begin(const lazy<T>& range) {
    return range.get().begin();
}
template <compound_value T>
    requires requires(const T& range) { range.end(); }
auto end(const lazy<T>& range) {
    return range.get().end();
}
template <compound_value T>
    requires requires(const T& range) { range.size(); }
auto size(const lazy<T>& range) {
    return range.get().size();
}

template <class T, class... Value>
lazy<T> make_ready_lazy(event_loop& loop, Value&&... value) {
    auto state = make_intrusive<lazy_state<T>>(loop);
    state->succeed(std::forward<Value>(value)...);
    return lazy<T>(std::move(state));
}

template <class T>
lazy<T> as_lazy(event_loop&, lazy<T> what) {
    return what;
}

template <class Awaitable>
decltype(auto) event_loop::run(Awaitable&& what) {
    require_outside();
    auto result = as_lazy(*this, std::forward<Awaitable>(what));
    run_until(*result.state());
    return std::move(result).get();
}

}  // namespace orm::inline v0
