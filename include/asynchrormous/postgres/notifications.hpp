// LISTEN: what others NOTIFY, as it comes, on a connection beside the pool.
//     orm::notifications jobs = co_await orm::listen("jobs");
//     while (auto job = co_await jobs.next()) …
// The connection is made anew when it is lost; what was sent meanwhile is lost too, and a gap says so.
// Threads: that of the database's loop.
#pragma once

#include <asynchrormous/postgres/database.hpp>
#include <asynchrormous/runtime/lazy.hpp>

#include <cstddef>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace orm::inline v0 {

namespace postgres {
class channel_link;

// Throws: query_error for a name that PostgreSQL would cut or refuse.
ORM_EXPORT void check_channel(std::string_view name);

}  // namespace postgres

struct notification {
    std::string channel{};
    std::string payload{};
    int server_process = 0;  // of the session that sent it: pg_backend_pid()
    // Nothing was sent, but notifications may be missing from here: the connection was lost and stands again,
    // or more than most_waiting were not read in time. Look into the tables.
    bool gap = false;
};

struct listen_options {
    std::optional<database> using_{};  // default: this thread's
    std::size_t most_waiting =
        100'000;  // notifications that nobody has read; beyond, they are dropped for a gap
};

// Ends with its connection. Threads: that of the database's loop.
class ORM_EXPORT notifications {
public:
    explicit notifications(intrusive_ptr<postgres::channel_link> link) noexcept;
    notifications(notifications&& other) noexcept;
    notifications& operator=(notifications other) noexcept;
    ~notifications();

    // In the order in which they were committed; several who wait take turns, and who cancels or drops the
    // lazy takes none. Empty once it was closed. Throws (through the lazy): connect_error when the server
    // refuses to connect anew.
    [[nodiscard]] lazy<std::optional<notification>> next();

    // Whoever waits gets an empty answer.
    void close() noexcept;

private:
    intrusive_ptr<postgres::channel_link> link_;
};

// Ready when the server listens. Names are taken as they are, case included.
// Throws: query_error for names that PostgreSQL does not take, and where the database is behind a transaction
// pooler (prepare = false), whose sessions are not kept; through the lazy: connect_error, database_error.
[[nodiscard]] ORM_EXPORT lazy<notifications> listen(std::string_view channel,
                                                    const listen_options& options = {});
[[nodiscard]] ORM_EXPORT lazy<notifications> listen(std::initializer_list<std::string_view> channels,
                                                    const listen_options& options = {});
[[nodiscard]] ORM_EXPORT lazy<notifications> listen(std::vector<std::string> channels,
                                                    const listen_options& options = {});

}  // namespace orm::inline v0
