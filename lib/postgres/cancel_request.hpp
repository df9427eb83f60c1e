// One request to cancel what a connection runs. libpq from 17 on sends it without blocking, encrypted as the
// connection is; an older one blocks, so that it runs on the thread pool, and sends the key in the clear.
#pragma once

#include "libpq_extras.hpp"

#include <asynchrormous/runtime/callback.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>
#include <asynchrormous/runtime/socket_watcher.hpp>
#include <asynchrormous/runtime/timer.hpp>

#include <libpq-fe.h>

#include <chrono>
#include <memory>

namespace orm::inline v0::postgres {

class cancel_request final : public ref_counted {
public:
    // Keeps what it needs of the connection, which may be closed from then on.
    explicit cancel_request(PGconn& connection);

    // Calls `returned` on the loop once, whatever came of it, after `longest` at the latest when nothing
    // blocks; never when the loop shuts down before.
    void send(event_loop& loop, std::chrono::milliseconds longest, callback<> returned);

private:
    struct free_newer {
        void operator()(pg_cancel_conn* cancel) const noexcept { extras().cancel_finish(cancel); }
    };
    struct free_older {
        void operator()(PGcancel* cancel) const noexcept { PQfreeCancel(cancel); }
    };

    void watch(event_loop& loop, bool reading) noexcept;
    void go_on(event_loop& loop) noexcept;
    void finish() noexcept;

    std::unique_ptr<pg_cancel_conn, free_newer> newer_{};
    std::unique_ptr<PGcancel, free_older> older_{};
    std::unique_ptr<socket_watcher> watcher_{};
    std::unique_ptr<timer> limit_{};
    callback<> returned_{};
};

}  // namespace orm::inline v0::postgres
