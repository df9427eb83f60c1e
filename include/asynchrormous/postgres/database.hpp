// A database: a value that says where queries go, over a pool of connections on one event loop.
// Copies are the same database. The last copy that goes away closes it once its operations are done.
// Threads: that of its loop.
#pragma once

#include <asynchrormous/postgres/connect_error.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0 {

class event_loop;
class observer;

class transaction;

namespace postgres {
class database_state;
class diversion;
class executor;
class pool;
}  // namespace postgres

struct connect_options {
    std::string alias{};                                // for database::named() and using_("...")
    int max_connections = 10;                           // of this pool, those in the making included
    std::chrono::milliseconds acquire_timeout{30'000};  // of an operation or a transaction that waits for one
    std::chrono::milliseconds connect_timeout{
        10'000};  // of each address; connect_timeout= of the URL goes over it
    std::chrono::milliseconds close_timeout{5'000};  // what close() gives to operations that are under way
    std::chrono::milliseconds cancel_timeout{
        10'000};  // of a statement that runs on after its caller left: then its connection is closed
    std::size_t statement_cache_size = 256;  // prepared statements of one connection
    bool prepare = true;                     // false behind a transaction pooler
    // Plain reads that are started together travel as one group with one Sync (docs/guide/pipelining.md).
    // false: each has a Sync of its own. Sessions that are not READ COMMITTED never share. share_sync=off of
    // the URL goes over it.
    bool share_sync = true;
    std::vector<std::shared_ptr<observer>> observers{};  // told what happens (postgres/observer.hpp)
};

struct pool_statistics {
    int open = 0;                 // connections that stand
    int idle = 0;                 // ... with nothing to do
    int owned = 0;                // ... of one transaction or raw statement
    int connecting = 0;           // connections in the making
    int waiting = 0;              // operations and transactions without a connection
    int in_flight = 0;            // operations on connections
    std::uint64_t connected = 0;  // since the start
    std::uint64_t connect_failures = 0;
    std::uint64_t lost = 0;     // connections that died
    std::uint64_t cancels = 0;  // cancel requests sent to the server
};

class ORM_EXPORT database {
public:
    database(const database&) noexcept;
    database(database&&) noexcept;
    database& operator=(database) noexcept;
    ~database();

    // This thread's default: the first that connected, else one for DATABASE_URL.
    // Throws: connect_error that says how to connect.
    static database current();
    // Throws: connect_error when no database of this thread has that alias.
    static database named(std::string_view alias);
    void make_current() const;

    postgres::executor& executor() const noexcept;
    event_loop& loop() const noexcept;
    intrusive_ptr<ref_counted> owner() const noexcept;  // keeps executor() alive

    // Ends it in order: what is under way may finish within close_timeout, then it is cut off.
    // What is submitted later fails.
    [[nodiscard]] lazy<void> close() const;
    pool_statistics statistics() const noexcept;

    explicit database(intrusive_ptr<postgres::database_state> state) noexcept;
    postgres::pool& pool() const noexcept;

    // For tests (testing/rollback_scope.hpp): from now on whatever is sent to the database goes into this
    // transaction, and transactions are savepoints in it; null: no longer.
    void divert(intrusive_ptr<transaction> into) const;
    postgres::diversion* diversion() const noexcept;

private:
    intrusive_ptr<postgres::database_state> state_;
};

// A database at a URL (postgresql://user@host/database) or keyword string, what is missing filled in as libpq
// does (PG* variables, service file, passfile). Ready once one connection stands. Throws (through the lazy):
// connect_error, timeout_error.
[[nodiscard]] ORM_EXPORT lazy<database> connect(std::string_view conninfo = {},
                                                const connect_options& options = {});

}  // namespace orm::inline v0
