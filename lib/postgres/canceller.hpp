// Sends cancel requests. PQcancel blocks, so it runs on the thread pool, two at a time; the others wait.
// Whether a request may be sent at all, and when the connection is clean again, others decide (rule 23).
#pragma once

#include <asynchrormous/runtime/callback.hpp>
#include <asynchrormous/runtime/event_loop.hpp>
#include <asynchrormous/runtime/intrusive_ptr.hpp>

#include <libpq-fe.h>

#include <deque>
#include <memory>

namespace orm::inline v0::postgres {

class canceller final : public ref_counted {
public:
    explicit canceller(event_loop& loop) : loop_(loop) {}

    // `returned` is called on the loop, soon or late, whatever came of it.
    void request(PGconn& connection, callback<> returned);

private:
    struct free_cancel {
        void operator()(PGcancel* cancel) const noexcept { PQfreeCancel(cancel); }
    };
    struct job {
        std::shared_ptr<PGcancel> cancel;
        callback<> returned;
    };

    void run_next();

    event_loop& loop_;
    std::deque<job> queue_{};
    int running_ = 0;
};

}  // namespace orm::inline v0::postgres
