// One connection to the server: libpq's handle in pipeline mode, driven by pipeline_machine.
// This class does the I/O and nothing else: what is sent, in which order, and what an answer means is decided
// in the machine (pipeline_machine.hpp). Threads: that of the loop.
#pragma once

#include "notices.hpp"
#include "pg_handle.hpp"
#include "pipeline_machine.hpp"

#include <asynchrormous/postgres/operation.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/socket_watcher.hpp>

#include <cstddef>
#include <exception>
#include <memory>
#include <string>

namespace orm::inline v0::postgres {

struct connection_options {
    std::size_t statement_cache_size = 256;
    bool prepare = true;                        // false behind a transaction pooler
    std::size_t max_in_flight = 256;            // statements that wait for their answer
    std::size_t max_bytes_in_flight = 262'144;  // of their texts and parameters
};

class connection final : public ref_counted {
public:
    class listener {
    public:
        // Something was completed: load() is lower, perhaps drained() became true. Called from the loop.
        virtual void on_progress(connection& which) noexcept = 0;
        // The connection is dead or was closed; every operation it had is completed. Called once.
        virtual void on_closed(connection& which, std::exception_ptr why) noexcept = 0;

    protected:
        ~listener() = default;
    };

    // Requires: a connected PGconn, nonblocking or not, with nothing under way. The listener outlives this
    // object or is taken away by forget_listener().
    connection(event_loop& loop, pg_handle connected, connection_options options, listener& owner);
    ~connection() override;

    // Autocommit, or a statement of the transaction after begin(). Keeps a reference until completion.
    void submit(operation& statement) noexcept;

    // From now on the connection belongs to one transaction (rule 17). Nothing is sent before the first
    // statement. Requires: drained(), not in_transaction().
    void begin(std::string text);
    // COMMIT, ROLLBACK, savepoints, DISCARD ALL: an operation in the same queue as the statements
    // (rule 19). commit and rollback end what begin() began, whatever they report.
    void control(operation& request) noexcept { submit(request); }

    // Takes back an operation whose caller left.
    withdrawal withdraw(operation& statement) noexcept;
    // Around PQcancel (rule 23): nothing more is sent until it returned, all is drained and a sentinel ran.
    void cancel_started() noexcept;
    void cancel_returned() noexcept;

    std::size_t load() const noexcept { return machine_.load(); }  // operations queued or in flight
    bool drained() const noexcept { return machine_.drained(); }  // nothing is queued, in flight or held back
    bool idle() const noexcept;  // drained, and the server says that no transaction is open (rule 21)
    bool alive() const noexcept { return connection_ != nullptr; }
    bool in_transaction() const noexcept { return machine_.in_transaction(); }
    bool dirty() const noexcept {
        return machine_.dirty();
    }  // raw SQL touched the session: control_kind::discard
    int backend_pid() const noexcept;
    // For PQgetCancel and parameters of the session; null once closed.
    PGconn* native() const noexcept { return connection_.get(); }

    // Everything under way fails with connection_lost; then on_closed, from here.
    void close(std::exception_ptr why) noexcept;
    void forget_listener() noexcept { listener_ = nullptr; }

private:
    struct tick : deferred {
        explicit tick(connection& owner) : owner_(owner) {}
        void run() noexcept override { owner_.end_of_tick(); }
        connection& owner_;
    };

    void end_of_tick() noexcept;
    void on_socket(bool readable, bool writable, int error) noexcept;
    void pump() noexcept;
    bool perform(machine_action& action) noexcept;
    void flush() noexcept;
    void consume() noexcept;
    void read_results() noexcept;
    void lost() noexcept;

    event_loop& loop_;
    pg_handle connection_;
    listener* listener_;
    pipeline_machine machine_;
    notice_queue notices_;
    std::unique_ptr<socket_watcher> watcher_;
    tick tick_;
    bool pumping_ = false;
};

}  // namespace orm::inline v0::postgres
