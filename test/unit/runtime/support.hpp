// What the tests of the runtime share: states filled by hand, contexts that are counted, an application's
// loop.
#pragma once

#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/error.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/hooks.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <uv.h>

#include <exception>
#include <string>
#include <vector>

namespace orm::testing {

// A lazy that the test fulfils.
template <class T>
struct promised {
    explicit promised(event_loop& loop) : state(make_intrusive<lazy_state<T>>(loop)) {}
    lazy<T> get() const { return lazy<T>(state); }
    void fail(const char* why) const { state->fail(std::make_exception_ptr(error(why))); }

    intrusive_ptr<lazy_state<T>> state;
};

// A context with a name, and how many of them are alive.
struct named_context final : context {
    explicit named_context(std::string given) : name(std::move(given)) { ++alive; }
    ~named_context() override { --alive; }

    std::string name;
    static inline int alive = 0;
};

inline intrusive_ptr<context> make_context(std::string name) {
    return make_intrusive<named_context>(std::move(name));
}

// The name of the current context; "-": none.
inline std::string who() {
    const auto* current = static_cast<const named_context*>(current_context().get());
    return current ? current->name : "-";
}

// One pass of the loop, with what was posted and deferred before.
inline void pump(event_loop& loop) {
    promised<void> passed(loop);
    loop.post([state = passed.state] { state->succeed(); });
    loop.run_until(*passed.state);
}

// Says when it is destroyed.
struct death_note {
    death_note() = default;
    explicit death_note(bool& at) : where(&at) {}
    death_note(death_note&& other) noexcept : where(std::exchange(other.where, nullptr)) {}
    death_note& operator=(death_note&&) = delete;
    ~death_note() {
        if (where) *where = true;
    }
    bool* where = nullptr;
};

// A loop that the application made and runs.
struct application {
    application() { uv_loop_init(&loop); }
    application(const application&) = delete;
    application& operator=(const application&) = delete;
    ~application() {
        uv_run(&loop, UV_RUN_DEFAULT);
        leaked = uv_loop_close(&loop) != 0;
    }
    void run() { uv_run(&loop, UV_RUN_DEFAULT); }

    uv_loop_t loop{};
    static inline bool leaked = false;
};

// Collects what goes to the hook of errors that nobody looked at.
class unobserved_errors {
public:
    unobserved_errors() : before_(set_unobserved_error_hook(collect)) { messages.clear(); }
    unobserved_errors(const unobserved_errors&) = delete;
    unobserved_errors& operator=(const unobserved_errors&) = delete;
    ~unobserved_errors() { set_unobserved_error_hook(before_); }

    static inline std::vector<std::string> messages{};

private:
    static void collect(std::exception_ptr why) noexcept {
        try {
            std::rethrow_exception(std::move(why));
        } catch (const std::exception& each) {
            messages.emplace_back(each.what());
        }
    }
    error_hook before_;
};

}  // namespace orm::testing
