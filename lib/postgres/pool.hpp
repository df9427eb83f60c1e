// The connections of one database. Who gets which is decided in pool_policy; this class makes connections,
// carries operations to them, cleans what comes back, cancels, and ends it all in order. It lives from open()
// until it is closed and empty, whoever else still holds it. Threads: that of the loop.
#pragma once

#include "canceller.hpp"
#include "connection.hpp"
#include "connector.hpp"
#include "conninfo.hpp"
#include "pool_policy.hpp"

#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/timer.hpp>

#include <exception>
#include <memory>
#include <vector>

namespace orm::inline v0::postgres {

class pool;
class tenant;

// One connection of a pool.
class pooled final : public pool_policy::slot, public connection::listener {
public:
    pooled(pool& owner, pg_handle handle);

    connection& link() const noexcept { return *link_; }
    tenant* who() const noexcept { return who_; }

private:
    friend class pool;

    void on_progress(connection& which) noexcept override;
    void on_closed(connection& which, std::exception_ptr why) noexcept override;
    bool on_unsent(connection& which, operation& statement) noexcept override;

    pool& owner_;
    intrusive_ptr<connection> link_;
    tenant* who_ = nullptr;     // of an owned connection; null while it is being cleaned
    bool cancel_sent_ = false;  // and not returned
    bool watched_ = false;      // its server is at a statement whose caller left
    pool_policy::time_point watched_since_{};
    bool cleaning_ = false;
    bool discarding_ = false;
    bool soiled_ = false;  // DISCARD ALL failed
    timer grace_;
};

// Somebody who wants a connection to himself: a transaction, or one raw statement.
class tenant : public pool_policy::waiter {
public:
    tenant() noexcept { kind = pool_policy::use::exclusive; }

    virtual void on_granted(pooled& where) noexcept = 0;
    virtual void on_refused(std::exception_ptr why) noexcept = 0;
    virtual void on_progress() noexcept = 0;
    virtual void on_closed(std::exception_ptr why) noexcept = 0;
    virtual bool holds(const operation& statement) const noexcept = 0;
    virtual void withdraw(operation& statement) noexcept = 0;
    // What the connection could not send any more means the same on another one.
    virtual bool may_move() const noexcept { return true; }

protected:
    ~tenant() = default;
};

// An autocommit operation for which there is no connection yet.
struct waiting_statement final : pool_policy::waiter {
    explicit waiting_statement(operation& what) noexcept : statement(what) { statement.state().add_ref(); }
    ~waiting_statement() { statement.state().release(); }
    operation& statement;
};

class pool final : public ref_counted,
                   public executor,
                   private connector::listener,
                   private shutdown_listener {
public:
    pool(event_loop& loop, conninfo info, const connect_options& options);
    ~pool() override;

    // Tells whether the first connection stands; without one, the pool closes.
    void open(callback<std::exception_ptr> first_connection = {}) noexcept;

    void submit(operation& statement) noexcept override;
    void cancel(operation& statement) noexcept override;
    event_loop& loop() const noexcept override { return loop_; }

    void claim(tenant& who) noexcept;
    const conninfo& info() const noexcept { return info_; }
    const connect_options& options() const noexcept { return options_; }
    const audience_ptr& audience() const noexcept { return audience_; }
    void leave_queue(tenant& who) noexcept { policy_.remove(who), settle(); }
    // The tenant is done with it: it is cleaned, and then anybody's; what cannot be cleaned is closed.
    void give_back(pooled& where) noexcept;
    // A caller may have left a statement that runs there. Rule 23: it is cancelled when that can hit no
    // stranger; the connection takes nothing new until it is over, and is closed when that takes too long.
    void look_after(pooled& where) noexcept;

    // Nothing new is taken. What is under way has until the deadline; without one, as long as it needs.
    void close(intrusive_ptr<lazy_state<void>> closed, bool with_deadline) noexcept;
    pool_statistics statistics() const noexcept;

private:
    friend class pooled;
    struct cleaner final : deferred {
        explicit cleaner(pool& owner) noexcept : owner_(owner) {}
        void run_deferred() noexcept override { owner_.sweep(); }
        pool& owner_;
    };

    void settle() noexcept;
    void perform(const pool_policy::action& action) noexcept;
    void connect() noexcept;
    void catch_up() noexcept;
    void hand_over(pool_policy::waiter& to, pooled& where) noexcept;
    void refuse(pool_policy::waiter& who, const std::exception_ptr& why) noexcept;
    void arm_timer() noexcept;
    void clean(pooled& where) noexcept;
    void watch(pooled& where) noexcept;
    void cancel_running(pooled& where) noexcept;
    void cut_off(pooled& where, const char* why) noexcept;
    void progressed(pooled& where) noexcept;
    void lost(pooled& where, const std::exception_ptr& why) noexcept;
    void check_closed() noexcept;
    void finish() noexcept;
    void sweep() noexcept;
    void force_closed(const std::exception_ptr& why) noexcept;
    void refuse_all(const std::exception_ptr& why) noexcept;
    void forget(const connector& which) noexcept;
    bool cancel_waiting(operation& statement) noexcept;
    std::exception_ptr refusal() const;
    std::exception_ptr too_long() const;

    void on_connected(connector& from, pg_handle handle) noexcept override;
    void on_connect_failed(connector& from, std::exception_ptr why, bool permanent) noexcept override;
    void on_loop_shutdown() noexcept override;

    event_loop& loop_;
    const conninfo info_;
    const connect_options options_;
    const audience_ptr audience_;
    const int forks_;  // of this process when the pool was made
    pool_policy policy_;
    std::vector<std::unique_ptr<pooled>> connections_{};
    std::vector<std::unique_ptr<pooled>>
        gone_{};  // closed in this tick, perhaps by a callback of theirs that runs
    std::vector<intrusive_ptr<connector>> connectors_{};
    intrusive_ptr<canceller> canceller_;
    callback<std::exception_ptr> opening_{};
    std::vector<intrusive_ptr<lazy_state<void>>> closing_{};
    intrusive_ptr<pool> self_{};
    std::exception_ptr last_error_{};
    timer wake_;
    timer deadline_;
    cleaner cleaner_;
    pool_policy::time_point wake_at_{};
    pool_policy::time_point settled_at_{};
    pool_statistics counters_{};
    bool settling_ = false;
    bool closed_ = false;    // takes nothing new
    bool finished_ = false;  // and has nothing left
};

}  // namespace orm::inline v0::postgres
