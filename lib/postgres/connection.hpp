// One connection to the server: libpq's handle in pipeline mode, driven by pipeline_machine.
// This class does the I/O and nothing else: what is sent, in which order, and what an answer means is decided
// in the machine (pipeline_machine.hpp). Threads: that of the loop.
#pragma once

#include "notices.hpp"
#include "pg_handle.hpp"
#include "pipeline_machine.hpp"
#include "watch.hpp"

#include <asynchrormous/postgres/notifications.hpp>
#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/socket_watcher.hpp>

#include <chrono>
#include <cstddef>
#include <exception>
#include <memory>
#include <string>
#include <vector>

namespace orm::inline v0::postgres {

struct connection_options {
    std::size_t statement_cache_size = 256;
    bool prepare = true;                        // false behind a transaction pooler
    std::size_t max_in_flight = 256;            // statements that wait for their answer
    std::size_t max_bytes_in_flight = 262'144;  // of their texts and parameters
    bool share_sync = false;  // of plain reads that leave together, in a READ COMMITTED session
    std::chrono::nanoseconds quick = std::chrono::milliseconds(2);  // the most that such a read took alone
    audience_ptr audience{};                                        // null: nobody is told anything
};

class connection final : public ref_counted, private deferred {
public:
    class listener {
    public:
        // Something was completed: load() is lower, perhaps drained() became true. Called from the loop.
        virtual void on_progress(connection& which) noexcept = 0;
        // The connection is dead or was closed; every operation it had is completed. Called once.
        virtual void on_closed(connection& which, std::exception_ptr why) noexcept = 0;

        // What the session listens for was told.
        virtual void on_notification(notification) noexcept {}

        // The connection dies before it has sent this one. True: the listener took it, reference included.
        virtual bool on_unsent(connection&, operation&) noexcept { return false; }

    protected:
        ~listener() = default;
    };

    // Requires: a connected PGconn with nothing under way. The listener outlives this object or is taken away
    // by forget_listener(). Throws: error when its socket cannot be watched.
    connection(event_loop& loop, pg_handle connected, const connection_options& options, listener& owner);
    ~connection() override;

    // Autocommit, or a statement of the transaction after begin(). Keeps a reference until completion.
    void submit(operation& statement) noexcept;

    // From now on the connection belongs to one transaction (rule 17). Nothing is sent before the first
    // statement. Requires: drained(), not in_transaction().
    void begin(std::string text) { machine_.begin(std::move(text)); }
    // COMMIT, ROLLBACK, savepoints, DISCARD ALL: an operation in the same queue as the statements
    // (rule 19). commit and rollback end what begin() began, whatever they report.
    void control(operation& request) noexcept { submit(request); }

    // Takes back an operation whose caller left.
    withdrawal withdraw(operation& statement) noexcept;
    bool serves_nobody() const noexcept { return machine_.serves_nobody(); }
    bool cancel_is_safe() const noexcept { return machine_.cancel_is_safe(); }
    // Around PQcancel (rule 23): nothing more is sent until it returned, all is drained and a sentinel ran.
    void cancel_started() noexcept { machine_.cancel_started(); }
    void cancel_returned() noexcept;

    std::size_t load() const noexcept { return machine_.load(); }  // operations queued or in flight
    bool drained() const noexcept { return machine_.drained(); }  // nothing is queued, in flight or held back
    bool idle() const noexcept;  // drained, and the server says that no transaction is open (rule 21)
    bool alive() const noexcept { return connection_ != nullptr; }
    bool in_transaction() const noexcept { return machine_.in_transaction(); }
    // Raw SQL touched the session: to be cleaned by control_kind::discard before anyone else gets it.
    bool dirty() const noexcept { return machine_.dirty(); }
    int backend_pid() const noexcept { return position_.server_process; }
    // For PQgetCancel and parameters of the session; null once closed.
    PGconn* native() const noexcept { return connection_.get(); }

    // Reads what came while nobody ran the loop, such as the server's goodbye. Outside callbacks only.
    void catch_up() noexcept;
    // Everything under way fails with connection_lost; then on_closed, from here.
    void close(std::exception_ptr why) noexcept;
    void forget_listener() noexcept { listener_ = nullptr; }

private:
    void run_deferred() noexcept override;
    void on_socket(const socket_events& ready) noexcept;
    void settle() noexcept;
    void pump() noexcept;
    void perform(machine_action& action) noexcept;
    bool send(const machine_action& action) noexcept;
    bool send_unnamed(const machine_action& action);
    bool send_close(const prepared_statement& which) noexcept;
    void bind(std::span<const sql::parameter> parameters);
    void deliver(machine_action& action) noexcept;
    void consume() noexcept;
    bool read_results() noexcept;
    void read_notifications() noexcept;
    void flush() noexcept;
    void report() noexcept;
    void hand_back_unsent() noexcept;
    bool broken() const noexcept { return PQstatus(connection_.get()) == CONNECTION_BAD; }
    std::exception_ptr reason() const;

    event_loop& loop_;
    pg_handle connection_;
    listener* listener_;
    pipeline_machine machine_;
    const audience_ptr audience_;
    wire_position position_{};
    statement_watch::time_point last_answer_{};
    notice_queue notices_{};
    std::unique_ptr<socket_watcher> watcher_{};
    std::exception_ptr close_reason_{};  // the machine gave up
    bool pumping_ = false;
    bool progressed_ = false;

    // Arguments of PQsend*, kept to allocate them once.
    std::string text_{};
    std::vector<Oid> types_{};
    std::vector<const char*> values_{};
    std::vector<int> lengths_{};
    std::vector<int> formats_{};
};

}  // namespace orm::inline v0::postgres
