// Who gets which connection, and when another one is made. A plain machine: no I/O, and time is an argument.
//
//   shared      autocommit operations: the idle connection, else the least busy one (and the pool grows
//   behind it) exclusive   transactions and raw SQL: a connection that is drained, and nobody else's until it
//   is given back
//
//   slot:   shared ──nothing else left for an exclusive waiter──▶ reserved ──drained──▶ owned ──give_back──▶
//   shared
//              └───────────────────idle──────────────────────────────────────────────────▲    └──lost──▶ gone
//
// The driver reports what happened, then performs next() until it answers `none`. Waiters are served in the
// order of their arrival; a shared one may pass an exclusive one only onto a
// connection the latter does not wait for.
#pragma once

#include <asynchrormous/export.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace orm::inline v0::postgres {

struct pool_limits {
    int max_connections = 10;
    int max_connecting = 3;
    int max_in_flight = 256;  // operations on one connection
    std::chrono::milliseconds first_delay{100};
    std::chrono::milliseconds longest_delay{10'000};
};

class pool_policy {
public:
    using time_point = std::chrono::steady_clock::time_point;
    enum class use : std::uint8_t { shared, exclusive };

    enum class slot_state : std::uint8_t {
        shared,    // takes autocommit operations
        reserved,  // takes none, so that it drains for an exclusive waiter
        owned,     // of one transaction or raw operation
        leaving,   // takes nothing more; counts until it is gone
    };
    struct slot {  // base of the driver's object for a connection
        slot_state state = slot_state::shared;
        int load = 0;  // operations on it, kept by the driver
    };
    struct waiter {  // base of the driver's object for somebody who waits; its own queue node
        use kind = use::shared;
        time_point deadline{};
        waiter* previous = nullptr;
        waiter* next = nullptr;
        bool queued = false;
    };

    enum class step : std::uint8_t {
        none,       // wait for the next event, or until wake_time()
        connect,    // start making a connection; answer with connected() or connect_failed()
        hand_over,  // `to` has left the queue and gets `connection`
        expire,     // `to` has left the queue: its time is over
        refuse,     // `to` has left the queue: the server does not let us in, waiting is of no use
    };
    struct action {
        pool_policy::step step = step::none;
        waiter* to = nullptr;
        slot* connection = nullptr;
    };

    explicit pool_policy(const pool_limits& limits, std::uint32_t seed = 1) noexcept
        : limits_(limits), random_(seed | 1U) {}

    // The connection a shared operation goes to now, counted as its load; null: enqueue a waiter.
    slot* place() noexcept;

    void enqueue(waiter& who) noexcept;
    void remove(waiter& who) noexcept;
    waiter* first_waiter() const noexcept { return first_; }

    void connected(slot& fresh);
    void connect_failed(time_point now, bool permanent) noexcept;
    void give_back(slot& connection) noexcept;
    void leave(slot& connection) noexcept { connection.state = slot_state::leaving; }
    void lost(slot& connection) noexcept;

    action next(time_point now) noexcept;
    std::optional<time_point> wake_time() const noexcept;

    int open() const noexcept { return static_cast<int>(slots_.size()); }
    int connecting() const noexcept { return connecting_; }
    int waiting() const noexcept { return waiting_; }

private:
    action give_up_on(time_point now) noexcept;
    action serve() noexcept;
    waiter* soonest() const noexcept;
    slot* least_busy() const noexcept;
    slot* drained() const noexcept;
    void reserve(int wanted) noexcept;
    bool wants_connection() const noexcept;
    bool may_connect(time_point now) const noexcept;
    bool locked_out(time_point now) const noexcept;
    std::chrono::milliseconds delay() noexcept;

    pool_limits limits_;
    std::vector<slot*> slots_;
    waiter* first_ = nullptr;
    waiter* last_ = nullptr;
    int waiting_ = 0;
    int waiting_exclusive_ = 0;
    int connecting_ = 0;
    int failures_ = 0;
    bool permanent_ = false;
    bool crowded_ = false;  // a shared operation went behind another one
    bool can_grow_ = true;
    bool by_deadline_ = true;  // the queue's order is that of its deadlines
    time_point retry_at_{};
    std::uint32_t random_;
};

}  // namespace orm::inline v0::postgres
