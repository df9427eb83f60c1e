// For tests that are the other side of the runtime: operations completed by hand, values that are counted.
#pragma once

#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <functional>
#include <stdexcept>
#include <string>
#include <utility>

namespace orm_test {

// A lazy whose result the test decides about.
template <class T>
struct manual {
    explicit manual(orm::event_loop& loop) : state(orm::make_intrusive<orm::lazy_state<T>>(loop)) {}

    orm::lazy<T> lazy() const { return orm::lazy<T>(state); }
    template <class... Value>
    void succeed(Value&&... value) const {
        state->succeed(std::forward<Value>(value)...);
    }
    void fail(const std::string& why) const { state->fail(std::make_exception_ptr(std::runtime_error(why))); }

    orm::intrusive_ptr<orm::lazy_state<T>> state;
};

struct later final : orm::deferred {
    explicit later(std::function<void()> f) : body(std::move(f)) {}
    void run_deferred() noexcept override { body(); }
    std::function<void()> body;
};

// Pumps the loop until what was posted before has run.
inline void turn(orm::event_loop& loop) {
    const manual<void> reached(loop);
    loop.post([reached] { reached.succeed(); });
    loop.run(reached.lazy());
}

struct named_context final : orm::context {
    explicit named_context(std::string n) : name(std::move(n)) {}
    std::string name;
};

inline orm::intrusive_ptr<orm::context> context_named(std::string name) {
    return orm::intrusive_ptr<orm::context>(orm::make_intrusive<named_context>(std::move(name)));
}

inline std::string current_name() {
    const auto* now = dynamic_cast<const named_context*>(orm::current_context().get());
    return now ? now->name : "none";
}

struct counted {
    counted() { ++alive; }
    counted(const counted&) { ++alive, ++copies; }
    counted(counted&&) noexcept { ++alive; }
    counted& operator=(const counted&) = default;
    counted& operator=(counted&&) = default;
    ~counted() { --alive; }
    static inline int alive = 0;
    static inline int copies = 0;
};

template <class F>
std::string message_of(F&& f) {
    try {
        static_cast<void>(f());
    } catch (const std::exception& e) {
        return e.what();
    }
    return "nothing was thrown";
}

}  // namespace orm_test
