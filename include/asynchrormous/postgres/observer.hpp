// Who wants to see what the driver does: connections as they come and go, statements on their way. Everything
// that counts, logs or draws statements is an observer; there is no other tap.
//     auto seen = std::make_shared<orm::metrics>();
//     orm::database db = orm::connect(url, {.observers = {seen}});     // of one database, or
//     const orm::observing now(*seen);                                 // of all connections of this thread
// A statement is observed when somebody observes at the moment it is handed over. Off, that moment is all it
// costs: one branch. Threads: an observer is told on the thread of each database's loop. What it throws goes
// to set_unobserved_error_hook and harms no statement. It must not block and must not send anything itself.
#pragma once

#include <asynchrormous/export.hpp>
#include <asynchrormous/postgres/operation.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <source_location>
#include <span>
#include <string>
#include <string_view>

namespace orm::inline v0 {

// As it was configured; nothing secret.
struct observed_database {
    std::string alias{};    // connect_options::alias
    std::string address{};  // host name, address or folder of the Unix socket: the first of several
    std::uint16_t port = 0;
    std::string name{};  // of the database on the server
};

struct connection_event {
    const observed_database& database;
    int server_process = 0;                 // of pg_stat_activity.pid; 0: it did not come so far
    std::chrono::nanoseconds connecting{};  // that making it took
    std::exception_ptr error{};             // why it could not be made, or why it ended
};

// One statement, as far as its story goes when somebody is told. Lifetime: of the call.
struct statement_event {
    using time_point = std::chrono::steady_clock::time_point;

    std::uint64_t id = 0;  // of this one statement, in this process
    const observed_database* database = nullptr;
    std::string_view text{};
    std::uint64_t shape = 0;  // the same for the same text, in every run: FNV-1a, 64 bit
    postgres::access access = postgres::access::raw;
    // BEGIN, COMMIT, savepoints: what transactions send by themselves.
    postgres::control_kind control = postgres::control_kind::none;
    // BEGIN, which travels with the first statement, and what the driver asks for itself: nobody is told more
    // of it than that it was sent.
    bool internal = false;
    // Of $1, $2, …; only for observers that want them. postgres::to_text() spells them.
    std::span<const sql::parameter> parameters{};
    std::size_t parameter_count = 0;
    // Where the QuerySet was written: its async(), its all(), or the loop over it. Null: not known.
    const std::source_location* where = nullptr;

    int server_process = 0;        // of its connection
    std::uint64_t sync = 0;        // statements of a connection with the same number shared a Sync
    std::uint64_t round_trip = 0;  // … left in the same tick, nobody waiting in between
    int sends = 0;                 // 2: the server had not run it the first time

    // What has not happened yet is time_point().
    time_point submitted{};  // handed to the database or the transaction
    time_point acquired{};   // it had a connection
    time_point sent{};       // handed to libpq
    time_point begun{};  // the server could begin: sent, and what stood before it on the connection answered
    time_point answered{};  // its first row, or its end when it has none, was here
    time_point ended{};     // its Sync was here, from when on it counts; the rows are decoded after that

    std::size_t sent_bytes = 0;    // text and parameters
    std::size_t result_bytes = 0;  // of the result in the client's memory
    std::int64_t rows = 0;         // that came
    std::int64_t affected = 0;     // that the command tag tells: selected, inserted, updated, deleted

    std::exception_ptr error{};     // of on_error
    std::string_view error_type{};  // its class: "orm::unique_violation"
    std::string_view sqlstate{};    // empty: it did not come from the server

    std::chrono::nanoseconds in_pool() const noexcept {
        return between(submitted, acquired == time_point() ? ended : acquired);
    }
    std::chrono::nanoseconds in_pipeline() const noexcept { return between(acquired, begun); }
    std::chrono::nanoseconds on_server() const noexcept { return between(begun, answered); }  // and under way
    std::chrono::nanoseconds total() const noexcept { return between(submitted, ended); }

private:
    static std::chrono::nanoseconds between(time_point from, time_point to) noexcept {
        return from == time_point() || to < from ? std::chrono::nanoseconds() : to - from;
    }
};

class ORM_EXPORT observer {
public:
    observer() noexcept;
    virtual ~observer();
    observer(const observer&) = delete;
    observer& operator=(const observer&) = delete;

    virtual void on_connect(const connection_event&) {}  // it stands, or could not be made
    virtual void on_disconnect(const connection_event&) {}

    virtual void on_submit(const statement_event&) {}     // in the caller's stack
    virtual void on_acquire(const statement_event&) {}    // it has a connection
    virtual void on_send(const statement_event&) {}       // again, when it is sent again
    virtual void on_first_row(const statement_event&) {}  // or its end without rows
    // Exactly one of these ends each statement.
    virtual void on_done(const statement_event&) {}
    virtual void on_error(const statement_event&) {}
    virtual void on_abandon(const statement_event&) {}  // nobody waits for it any more

    // Values are shown to nobody else.
    virtual bool wants_parameters() const noexcept { return false; }
};

// The observer sees all statements of this thread's connections as long as this stands.
// Threads: the one that made it.
class ORM_EXPORT observing {
public:
    explicit observing(observer& who) noexcept;
    ~observing();
    observing(const observing&) = delete;
    observing& operator=(const observing&) = delete;

    // Null: nobody. For the driver.
    static const observing* first() noexcept;
    const observing* next() const noexcept { return next_; }
    observer& who() const noexcept { return who_; }

private:
    observer& who_;
    observing* next_;
};

// Whether there is any observer in this process. Threads: any.
ORM_EXPORT bool anybody_observes() noexcept;

}  // namespace orm::inline v0
