// One statement on its way to the server, and what takes it there.
// An operation is its own queue node: between submit() and its one completion it belongs to the executor.
// It is completed exactly once, by on_result or on_error, unless cancel() took it back before.
// Threads: that of the loop.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/result.hpp>
#include <asynchrormous/sql/parameter.hpp>

#include <cstdint>
#include <exception>
#include <source_location>
#include <span>
#include <string_view>

namespace orm::inline v0 {

class event_loop;
class operation_state;

namespace postgres {

// Known from the query tree, never guessed from SQL text. raw: text that the user wrote, which can do
// anything.
enum class access : std::uint8_t { read, write, raw };

struct request {
    std::string_view text;
    std::span<const sql::parameter> parameters;
    postgres::access access = access::raw;
    // A read that changes nothing but what it answers when it is run with others, later or twice: it may
    // share a Sync. Known from the query tree as well: no lock, no function that could do or say anything.
    bool plain = false;
};

enum class control_kind : std::uint8_t {
    none,  // an ordinary statement
    begin,
    commit,
    rollback,
    savepoint,
    release,
    rollback_to,
    discard,  // DISCARD ALL: forgets what raw SQL left behind in the session
};

class statement_watch;

class ORM_EXPORT operation {
public:
    operation(const operation&) = delete;
    operation& operator=(const operation&) = delete;

    // What is sent. Stays valid, and the same, until completion.
    virtual postgres::request request() const noexcept = 0;
    // In the loop, once the server has confirmed the statement for good. What it throws goes to on_error.
    virtual void on_result(const result_view& result) = 0;
    virtual void on_error(std::exception_ptr why) noexcept = 0;
    // For reference counting; ready once nobody waits for the result any more.
    virtual operation_state& state() noexcept = 0;
    // Where its query stands in the program, as far as anybody asked for that; else null.
    virtual const std::source_location* written() const noexcept { return nullptr; }

    control_kind control() const noexcept { return control_; }

protected:
    operation() = default;
    explicit operation(control_kind control) noexcept : control_(control) {}
    ~operation() = default;

private:
    friend class operation_queue;
    friend class pipeline_machine;
    friend class statement_watch;

    operation* next_ = nullptr;         // in the queue of what is not sent yet
    statement_watch* watch_ = nullptr;  // while somebody observes it
    std::uint64_t slot_ = 0;            // number of its slot in the pipeline; 0: not sent
    control_kind control_ = control_kind::none;
    // How often it was sent, not counting when another one of its group failed before it; at most twice.
    std::uint8_t sends_ = 0;
    bool alone_ = false;  // is sent again: shares no Sync
};

class ORM_EXPORT executor {
public:
    // Keeps a reference to the operation until it is completed. Outside callbacks of the loop it is sent and
    // flushed before this returns if a connection stands; inside, it leaves at the end of the tick.
    virtual void submit(operation& statement) noexcept = 0;
    // Its state is ready already: nothing will be delivered. Removed when unsent, else the server is freed
    // when that can hit no stranger.
    virtual void cancel(operation& statement) noexcept = 0;
    virtual event_loop& loop() const noexcept = 0;

protected:
    ~executor() = default;
};

}  // namespace postgres
}  // namespace orm::inline v0
