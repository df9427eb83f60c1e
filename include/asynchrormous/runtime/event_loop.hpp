// One event loop on libuv for one thread. It owns its uv loop, or borrows the application's.
// What becomes ready wakes its waiters at the end of the tick, never in the middle of somebody's callback.
// Threads: everything but post() belongs to the loop's own thread.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/callback.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <chrono>
#include <memory>

struct uv_loop_s;

namespace orm::inline v0 {

class event_loop;
class operation_state;

// Something to run at the end of the tick; its own queue node. Queued once however often it is deferred.
class ORM_EXPORT deferred {
public:
    deferred() = default;
    deferred(const deferred&) = delete;
    deferred& operator=(const deferred&) = delete;

protected:
    ~deferred() = default;

private:
    friend class event_loop;
    virtual void run_deferred() noexcept = 0;

    deferred* next_ = nullptr;
    bool queued_ = false;
};

// Told when the loop shuts down: stop, fail what waits, close handles. Registered from construction on.
class ORM_EXPORT shutdown_listener {
public:
    explicit shutdown_listener(event_loop& loop);
    shutdown_listener(const shutdown_listener&) = delete;
    shutdown_listener& operator=(const shutdown_listener&) = delete;

protected:
    ~shutdown_listener();

private:
    friend class event_loop;
    virtual void on_loop_shutdown() noexcept = 0;

    event_loop* loop_;
    shutdown_listener* previous_ = nullptr;
    shutdown_listener* next_ = nullptr;
};

class ORM_EXPORT event_loop {
public:
    using clock = std::chrono::steady_clock;

    event_loop();
    // Runs on the application's loop. Lifetime: `borrowed` outlives this object.
    explicit event_loop(uv_loop_s* borrowed);
    ~event_loop();
    event_loop(const event_loop&) = delete;
    event_loop& operator=(const event_loop&) = delete;

    // This thread's: the first that was made on it, else an own one made here.
    static event_loop& current();

    // Now inside one of this loop's callbacks, or a coroutine that it resumed.
    bool inside() const noexcept;
    bool borrowed() const noexcept;
    bool closed() const noexcept;

    // Calls `work` on the loop's thread, soon. Threads: any.
    void post(callback<> work);

    // Runs `node` at the end of this tick, outside of the loop at the start of the next. Lifetime: until
    // then.
    // Returns: false when it was queued already.
    bool defer(deferred& node) noexcept;
    void forget(deferred& node) noexcept;

    // Runs the loop until the lazy or task is done. Returns or throws its result. Defined in lazy.hpp,
    // task.hpp. Throws: synchronous_only_operation inside the loop.
    template <class Awaitable>
    decltype(auto) run(Awaitable&& what);

    // Runs the loop until the operation is ready. Returns: false when the deadline came first.
    // Throws: synchronous_only_operation inside the loop.
    bool run_until(const operation_state& what, clock::time_point deadline = clock::time_point::max());

    // Ends everything in order: each operation that is under way fails with loop_closed and its waiters are
    // resumed with it; handles are closed. Nothing can be started afterwards.
    void shutdown();

    struct implementation;
    implementation& internals() noexcept { return *impl_; }

private:
    friend class operation_state;
    friend class shutdown_listener;
    friend class tick;

    void drain() noexcept;
    void require_open() const;
    void watch(operation_state& pending) noexcept;
    void unwatch(operation_state& pending) noexcept;

    std::unique_ptr<implementation> impl_;
    deferred* first_ = nullptr;
    deferred** last_ = &first_;
    operation_state* pending_ = nullptr;
    shutdown_listener* listeners_ = nullptr;
    int depth_ = 0;
    bool closed_ = false;
};

// The scope of one callback of the loop: an empty context, and what was deferred runs at its end.
class ORM_EXPORT tick {
public:
    explicit tick(event_loop& loop) noexcept;
    ~tick();
    tick(const tick&) = delete;
    tick& operator=(const tick&) = delete;

private:
    event_loop& loop_;
};

}  // namespace orm::inline v0
