// What one connection sends, in which order, and what the answers mean. No I/O, loop, clock or libpq: the
// driver performs next() until that is `idle`, and reports what libpq hands out.
//
//   known statement           E S           P Parse   E Bind+Execute   Q all three, unnamed   S Sync
//   first time                P S E S       a Parse has a segment of its own; others execute behind it
//   unprepared, raw           Q S
//   transaction               B E E S | E E S | C S    a segment per tick, or part of one; `|`: nothing
//                                                      is sent behind BEGIN's Sync before its tag was seen
//   plain reads               E E E S       a group per tick, or part of one; all else has a Sync of its own
//   eviction                  D S           between transactions only
//   late cancel               (drained) Q S
//
// Done means Sync: an answer is kept in its slot and delivered when the Sync of its segment arrives, because
// an error may still follow it (deferred constraints). Answers are matched to slots by Sync, never by
// counting NULLs.
#pragma once

#include "operation_queue.hpp"
#include "pipeline_slot.hpp"
#include "result_handle.hpp"
#include "statement_cache.hpp"

#include <asynchrormous/postgres/error.hpp>
#include <asynchrormous/postgres/operation.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>

namespace orm::inline v0::postgres {

struct machine_options {
    std::size_t statement_cache_size = 256;
    bool prepare = true;
    std::size_t max_in_flight = 256;
    std::size_t max_bytes_in_flight = 262'144;
    std::size_t max_in_segment = 64;  // a part of max_in_flight: answers are used while the next part runs
    std::uint64_t nonce = 0;          // random, of this connection
    bool share_sync = false;          // of plain reads; the session is asked for its isolation level first
    std::uint64_t quick = 2'000'000;  // ns, the most that a plain read may take to share a Sync
    std::uint64_t quick_in_group = 200'000;  // ns, what each one of a group may add to that
};

enum class answer : std::uint8_t {
    command_ok,
    tuples_ok,
    empty_query,
    failed,   // PGRES_FATAL_ERROR
    aborted,  // PGRES_PIPELINE_ABORTED
    sync,     // PGRES_PIPELINE_SYNC
    copy,     // PGRES_COPY_*, which cannot be in a pipeline
    unknown,
};

// What PQtransactionStatus says; it means something only when nothing more is queued.
enum class session_status : std::uint8_t { unknown, idle, in_block, failed_block };

struct machine_event {
    postgres::answer answer = answer::unknown;
    result_handle result{};
    std::string_view tag{};                            // of command_ok and tuples_ok
    const server_report* report = nullptr;             // of failed
    session_status session = session_status::unknown;  // of sync
    std::string_view value{};                          // of tuples_ok where it is wanted: the first field
    bool made_by_libpq = false;  // of failed: the connection is gone, libpq says it in a result
};

enum class machine_step : std::uint8_t {
    idle,          // nothing to do before the next submission or event
    send_prepare,  // `statement`
    send_execute,  // `statement` with the parameters of `request`
    send_query,    // `request`, unnamed
    send_close,    // `statement`
    send_sync,
    complete,  // `op` with `result`
    fail,      // `op` with `error`
    close,     // the conversation cannot go on: close the connection, with `error`
};

struct machine_action {
    machine_step step = machine_step::idle;
    operation* op = nullptr;
    const prepared_statement* statement = nullptr;
    postgres::request request{};
    result_handle result{};
    std::exception_ptr error{};
};

struct withdrawal {
    bool known = true;    // false: it was completed already
    bool unsent = false;  // it was removed, the server never hears of it
};

class pipeline_machine {
public:
    explicit pipeline_machine(const machine_options& options);

    void submit(operation& what) noexcept;
    withdrawal withdraw(operation& what) noexcept;
    operation* take_unsent() noexcept;  // of a dead connection, to go over another one; null: none is left
    void put_back(operation& unsent) noexcept;
    void begin(std::string text);  // Requires: drained(), !in_transaction()
    // Returns: whether a Sync is due, so that next() has something to say.
    bool end_of_tick() noexcept { return sync_due_ = open_ > 0; }
    // The server is at a statement whose caller left.
    bool serves_nobody() const noexcept { return forsaken_front() != 0; }
    // ... and a cancel request can hit no stranger.
    bool cancel_is_safe() const noexcept;
    // Around a cancel request: nothing is sent until all returned, the pipeline is drained and a sentinel
    // ran.
    void cancel_started() noexcept;
    void cancel_returned() noexcept { --cancels_; }

    machine_action next();
    // The time of what follows, in ns from any beginning; for the pace of statements.
    void set_time(std::uint64_t now) noexcept { now_ = now; }
    // The last action is not on the wire. On a dead connection its operation waits for on_lost().
    void send_failed(std::string_view why, bool connection_dead = false);
    void on_event(machine_event event);
    void on_lost(std::string_view why);  // nothing more will come

    bool expects_answer() const noexcept { return !dead_ && !break_off_ && current_ != slots_.tail(); }
    // Whose answer comes next; null: nobody's.
    operation* answering() const noexcept { return expects_answer() ? slots_[current_].op : nullptr; }
    // Whether the first field of the answer that comes next is.
    bool wants_value() const noexcept {
        return expects_answer() && slots_[current_].kind == slot_kind::isolation;
    }
    std::size_t load() const noexcept { return load_; }
    bool drained() const noexcept { return load_ == 0 && slots_.empty() && queue_.empty() && !quarantined_; }
    bool in_transaction() const noexcept { return block_ != block_state::none; }
    bool dirty() const noexcept { return dirty_; }
    const statement_cache& statements() const noexcept { return cache_; }

private:
    enum class block_state : std::uint8_t {
        none,     // autocommit
        wanted,   // begin() was called; BEGIN leaves with the first statement
        opening,  // BEGIN is on the wire
        open,
        ending,   // COMMIT or ROLLBACK is on the wire
        refused,  // BEGIN failed
        broken,   // raw SQL ended it behind our back
    };

    machine_action deliver();
    machine_action quarantine_step();
    machine_action send_front();
    machine_action send_statement(operation& op, const request& what);
    machine_action send_execute(operation& op, const request& what, prepared_statement& known, bool shared);
    machine_action send_unnamed(operation& op, const request& what);
    machine_action send_control(operation& op, const request& what);
    machine_action send_begin();
    machine_action send_prepare(operation& op, const request& what);
    machine_action send_close(prepared_statement& which);
    machine_action send_sync();
    machine_action ask_isolation();
    machine_action without_server(operation& op);
    machine_action finish_front(std::exception_ptr error);
    pipeline_slot& push(slot_kind kind);
    pipeline_slot& push_front_of_queue(slot_kind kind, const request& what);

    bool autocommit() const noexcept { return block_ == block_state::none; }
    bool held(const operation& op, const request& what) const noexcept;
    bool starts_segment(const operation& op, const request& what) const noexcept;
    bool shares(const operation& op, const request& what, const prepared_statement& known) const noexcept;
    slot_ring::number forsaken_front() const noexcept;  // 0: none
    void end_block() noexcept;

    void on_sync(session_status session);
    void note_pace() noexcept;
    bool caused_by_sharing(const pipeline_slot& slot, const server_report& report) const noexcept;
    void on_statement(pipeline_slot& slot, machine_event& event);
    void on_prepared(pipeline_slot& slot, const machine_event& event);
    void on_failed(pipeline_slot& slot, const server_report& report);
    void on_parse_refused(pipeline_slot& slot);
    void on_aborted(pipeline_slot& slot);
    void on_close_answer(pipeline_slot& slot, const machine_event& event);
    void on_control(pipeline_slot& slot, const machine_event& event);
    void on_sentinel(const pipeline_slot& slot, const machine_event& event);
    void note_raw(const machine_event& event) noexcept;
    bool may_repeat(const pipeline_slot& slot) const noexcept;
    void fail(pipeline_slot& slot, std::exception_ptr error);
    void out_of_step(const std::string& what);
    outcome outcome_of(slot_ring::number which) const noexcept;
    bool commit_may_have_run() const noexcept;

    machine_options options_;
    statement_cache cache_;
    operation_queue queue_{};
    slot_ring slots_{};
    slot_ring::number current_ = 1;      // the slot whose answer comes next
    slot_ring::number finished_ = 1;     // slots before it have their Sync and can be delivered
    const operation* leader_ = nullptr;  // for whose sake the last Parse was sent
    std::size_t open_ = 0;               // slots since the last Sync
    std::size_t in_flight_ = 0;
    std::size_t bytes_ = 0;
    std::size_t load_ = 0;
    std::size_t raw_in_flight_ = 0;
    std::size_t forsaken_ = 0;  // slots that only swallow their answer
    int cancels_ = 0;
    std::uint64_t now_ = 0;
    std::uint64_t last_sync_at_ = 0;
    bool wants_isolation_ = false;  // to be asked before the first statement
    bool read_committed_ = false;   // the session's isolation level is known to be that
    bool sync_due_ = false;
    bool dirty_ = false;
    bool quarantined_ = false;
    bool sentinel_sent_ = false;
    bool dead_ = false;
    bool server_ended_ = false;  // FATAL was seen: nothing behind the current slot was run
    block_state block_ = block_state::none;
    std::string begin_text_{};
    std::exception_ptr first_error_{};  // of the transaction
    std::exception_ptr break_off_{};    // to be answered by `close`
    std::string last_words_{};          // of the server
    operation* rejected_ = nullptr;     // could not be sent; fails next
    std::exception_ptr rejection_{};
};

}  // namespace orm::inline v0::postgres
