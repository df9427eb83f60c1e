// The state behind a lazy: not there yet, a value, or an error. Whoever does the work derives from it.
// Waiters are woken by the loop at the end of the tick; a waiter may leave before.
// Threads: that of its loop; the last reference may be dropped anywhere once it is ready.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <atomic>
#include <chrono>
#include <exception>
#include <new>
#include <utility>

namespace orm::inline v0 {

// One who waits for an operation; its own list node.
class ORM_EXPORT waiter {
public:
    waiter() = default;
    waiter(const waiter&) = delete;
    waiter& operator=(const waiter&) = delete;

protected:
    ~waiter() = default;

private:
    friend class operation_state;
    virtual void wake() noexcept = 0;

    waiter* next_ = nullptr;
    bool waiting_ = false;
};

class ORM_EXPORT operation_state : public ref_counted, private deferred {
public:
    bool ready() const noexcept { return ready_.load(std::memory_order_acquire); }
    event_loop& loop() const noexcept { return *loop_; }

    // Blocks until ready, running the loop. Throws: synchronous_only_operation inside the loop.
    void wait();
    // Returns: false when it is not ready after that time.
    bool wait_for(std::chrono::nanoseconds time);

    // Ignored once ready.
    void fail(std::exception_ptr why) noexcept;

    // Fails at once with operation_cancelled, or with `why`, and tells whoever does the work.
    void cancel() noexcept;
    void cancel(std::exception_ptr why) noexcept;

    // Lifetime: until it was woken or removed. Ready already, it is woken at the end of the tick.
    void add_waiter(waiter& who) noexcept;
    void remove_waiter(waiter& who) noexcept;

    // Requires: ready(). Throws the error, if there is one; from then on it counts as looked at.
    void rethrow_if_failed() const;
    bool failed() const noexcept { return ready() && error_; }
    bool looked_at() const noexcept { return observed_; }  // its error was

protected:
    explicit operation_state(event_loop& loop);
    ~operation_state() override;

    void set_ready() noexcept;
    virtual void on_cancel() noexcept {}

private:
    friend class event_loop;
    bool wait_until(event_loop::clock::time_point deadline);
    void run_deferred() noexcept final;  // who derives has a node of its own
    void wake_later() noexcept;

    event_loop* loop_;
    std::exception_ptr error_{};
    waiter* waiters_ = nullptr;
    operation_state* previous_ = nullptr;  // in the loop's list of what is under way
    operation_state* next_ = nullptr;
    std::atomic<bool> ready_ = false;
    mutable std::atomic<bool> observed_ = false;
};

template <class T>
class lazy_state : public operation_state {
public:
    explicit lazy_state(event_loop& loop) : operation_state(loop) {}

    ~lazy_state() override {
        if (filled_) value_.~T();
    }

    // Ignored once ready.
    void succeed(T value) {
        if (ready()) return;
        ::new (static_cast<void*>(&value_)) T(std::move(value));
        filled_ = true;
        set_ready();
    }

    // Require: ready and not failed.
    const T& value() const noexcept { return value_; }
    T take() { return std::move(value_); }

protected:
    // The value, which nobody sees before set_ready(): more has to happen to it. Requires: not ready.
    T& keep(T value) {
        ::new (static_cast<void*>(&value_)) T(std::move(value));
        filled_ = true;
        return value_;
    }

private:
    // No std::optional: that is a dozen classes for each T to compile.
    union {
        T value_;
    };
    bool filled_ = false;
};

// A reference to what somebody else keeps.
template <class T>
class lazy_state<T&> : public operation_state {
public:
    explicit lazy_state(event_loop& loop) : operation_state(loop) {}

    void succeed(T& value) {
        if (ready()) return;
        value_ = &value;
        set_ready();
    }
    T& value() const noexcept { return *value_; }
    T& take() { return *value_; }

private:
    T* value_ = nullptr;
};

template <>
class ORM_EXPORT lazy_state<void> : public operation_state {
public:
    explicit lazy_state(event_loop& loop) : operation_state(loop) {}

    void succeed() {
        if (!ready()) set_ready();
    }
    void value() const noexcept {}
    void take() {}
};

}  // namespace orm::inline v0
