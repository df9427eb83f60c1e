// One event loop on libuv for one thread. It owns its uv loop, or borrows the application's.
// What becomes ready wakes its waiters at the end of the tick, never in the middle of somebody's callback.
// Threads: everything but post() belongs to the loop's own thread.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/runtime/callback.hpp>
#include <asynchrormous/runtime/context.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <chrono>
#include <cstdint>

struct uv_loop_s;

namespace orm::inline v0 {

class event_loop;
class operation_state;

namespace runtime_detail {

// A task begins to run, and has suspended: nobody blocks on the thread's current loop in between.
// Returns: that loop, if there is one.
ORM_EXPORT event_loop* coroutine_runs() noexcept;
ORM_EXPORT void coroutine_rests(event_loop* since) noexcept;

}  // namespace runtime_detail

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

// When a shutdown is told: before whatever is under way fails, or after all who waited for it were resumed.
enum class shutdown_phase : std::uint8_t { first, last };

// Told once when the loop shuts down: stop, fail what waits, close handles. Registered from construction on.
class ORM_EXPORT shutdown_listener {
public:
    explicit shutdown_listener(event_loop& loop, shutdown_phase when = shutdown_phase::first);
    shutdown_listener(const shutdown_listener&) = delete;
    shutdown_listener& operator=(const shutdown_listener&) = delete;

protected:
    ~shutdown_listener();

private:
    friend class event_loop;
    virtual void on_loop_shutdown() noexcept = 0;

    shutdown_listener** at_;  // what points to this one; null once it was told
    shutdown_listener* next_;
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
    // Whether an unfinished result may be read here: not inside, not in a coroutine that somebody else
    // resumed, and never on a borrowed loop.
    bool may_block() const noexcept;
    bool closed() const noexcept;

    // Calls `work` on the loop's thread, soon; after the shutdown it is dropped. What it throws ends the
    // program. Threads: any.
    void post(callback<> work);

    // Runs `node` at the end of this tick, outside of the loop at the start of the next.
    // Lifetime: until then. Returns: false when it was queued already.
    bool defer(deferred& node) noexcept;
    void forget(deferred& node) noexcept;

    // Runs the loop until the lazy or task is done; returns or throws its result. Defined in lazy.hpp.
    // Throws: synchronous_only_operation inside the loop, before a task has begun.
    template <class Awaitable>
    decltype(auto) run(Awaitable&& what);

    // Runs the loop until the operation is ready. Returns: false when the deadline came first.
    // Throws: synchronous_only_operation inside the loop.
    bool run_until(const operation_state& what, clock::time_point deadline = clock::time_point::max());

    // Ends everything in order: each operation that is under way fails with loop_closed and its waiters are
    // resumed with it; tasks that still wait for something else are destroyed; handles are closed. Nothing
    // can be started afterwards. A borrowed loop must run once more to free our handles.
    // Throws: synchronous_only_operation inside the loop.
    void shutdown();

    struct implementation;
    implementation& internals() noexcept { return *impl_; }

private:
    friend class operation_state;
    friend class shutdown_listener;
    friend class tick;
    friend event_loop* runtime_detail::coroutine_runs() noexcept;
    friend void runtime_detail::coroutine_rests(event_loop* since) noexcept;

    void drain() noexcept;
    void wake_to_drain() noexcept;
    void turn() noexcept;
    void run_posted() noexcept;
    void tell(shutdown_listener*& listeners) noexcept;
    void fail_pending() noexcept;
    void close_handles() noexcept;
    void require_open() const;
    void require_outside() const;
    void watch(operation_state& pending) noexcept;
    void unwatch(operation_state& pending) noexcept;

    implementation* impl_;
    deferred* first_ = nullptr;
    deferred** last_ = &first_;
    operation_state* pending_ = nullptr;
    shutdown_listener* first_told_ = nullptr;
    shutdown_listener* last_told_ = nullptr;
    int depth_ = 0;
    int running_ = 0;  // coroutines, whoever resumed them: nothing is drained under their feet
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
    context_scope nobody_{intrusive_ptr<context>()};
};

}  // namespace orm::inline v0
